package org.distillgrid.jobs.score;

import java.io.Serializable;
import org.apache.hadoop.fs.Path;
import org.distillgrid.jobs.table.RunFiles;
import org.distillgrid.kd.error.GridException;
import org.distillgrid.kd.eval.LoadedNetwork;
import org.distillgrid.kd.model.ModelTarget;
import org.distillgrid.kd.weights.Checkpoint;
import org.distillgrid.kd.weights.WeightHash;
import org.distillgrid.kd.weights.file.Checkpoints;

/**
 * A network as it is sent to executors, which need not see the driver's disk.
 *
 * @param model its model name
 * @param content the checkpoint's bytes
 * @param source where they came from, for messages
 * @param hash SHA-256 of its tensors
 */
record ModelFile(String model, byte[] content, String source, String hash) implements Serializable {

  /**
   * Reads a checkpoint.
   *
   * @throws GridException if there is none or it is damaged
   */
  static ModelFile read(String model, Path path, RunFiles files) {
    byte[] content = files.required(path);
    Checkpoint checkpoint = Checkpoints.read(content, path.toString());
    return new ModelFile(model, content, path.toString(), WeightHash.of(checkpoint.tensors()));
  }

  /** Builds the network, quantisers included if the checkpoint names some. */
  LoadedNetwork open(int channels, int scale) {
    return LoadedNetwork.open(
        model, new ModelTarget(channels, scale), Checkpoints.read(content, source), source);
  }
}

package org.distillgrid.jobs.score;

import java.io.Serializable;
import java.util.Optional;
import java.util.function.Consumer;
import org.apache.hadoop.fs.Path;
import org.distillgrid.jobs.folder.RunFiles;
import org.distillgrid.kd.error.GridException;
import org.distillgrid.kd.eval.LoadedNetwork;
import org.distillgrid.kd.model.ModelFit;
import org.distillgrid.kd.model.ModelTarget;
import org.distillgrid.kd.weights.Safetensors;
import org.distillgrid.kd.weights.WeightHash;
import org.distillgrid.kd.weights.file.Checkpoints;
import org.distillgrid.kd.weights.file.TakenWeights;
import org.distillgrid.kd.weights.file.WeightPath;

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
   * @param written a file, and which of several networks in it
   * @param messages takes a line where the file holds more than the network
   * @throws GridException if there is none, it is damaged or of another architecture
   */
  static ModelFile read(
      String model, ModelTarget target, String written, RunFiles files, Consumer<String> messages) {
    WeightPath where = WeightPath.of(written, name -> files.exists(new Path(name)));
    byte[] content = files.required(new Path(where.file()));
    ModelFit fit = ModelFit.of(model, target);
    TakenWeights taken = Checkpoints.take(content, where, fit);
    taken.line().ifPresent(messages);
    fit.require(taken);
    if (!taken.isWhole()) {
      content = Safetensors.bytes(taken.checkpoint());
    }
    return new ModelFile(model, content, written, WeightHash.of(taken.checkpoint().tensors()));
  }

  /** Builds the network, quantisers included if the checkpoint names some. */
  LoadedNetwork open(int channels, int scale) {
    ModelTarget target = new ModelTarget(channels, scale);
    WeightPath where = new WeightPath(source, Optional.empty());
    TakenWeights taken = Checkpoints.take(content, where, ModelFit.of(model, target));
    return LoadedNetwork.open(model, target, taken.checkpoint(), source);
  }
}

package org.distillgrid.jobs.shared;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Optional;
import java.util.function.Consumer;
import org.apache.hadoop.fs.Path;
import org.distillgrid.jobs.folder.JsonFiles;
import org.distillgrid.jobs.folder.RunFiles;
import org.distillgrid.jobs.folder.RunFolder;
import org.distillgrid.jobs.folder.SharedPlace;
import org.distillgrid.kd.error.GridException;
import org.distillgrid.kd.weights.Checkpoint;
import org.distillgrid.kd.weights.Safetensors;
import org.distillgrid.kd.weights.WeightHash;
import org.distillgrid.kd.weights.file.Checkpoints;

/**
 * The two files of a network that all trials of a run share.
 *
 * @param weights its weights
 * @param state its state, a JSON file, which makes the weights valid
 * @param nameField the field of the state that holds the network's name
 */
record KeptNetwork(RunFiles files, Path weights, Path state, String nameField) {
  /** Returns the network of a place; nothing is read yet. */
  static KeptNetwork at(SharedPlace place, String nameField) {
    RunFolder run = place.run();
    return new KeptNetwork(run.files(), run.at(place.weights()), place.state(), nameField);
  }

  /**
   * Returns the state of the network with a key, if it is there and whole.
   *
   * @param damaged takes what is wrong with weights that are there
   * @throws GridException if there is a file that cannot be read at all
   */
  Optional<NetworkState> find(String key, Consumer<String> damaged) {
    return stated()
        .filter(found -> found.key().equals(key))
        .filter(found -> isWhole(found, damaged));
  }

  /**
   * Returns the state of the network whatever its key, if it is there and whole.
   *
   * @param damaged takes what is wrong with weights that are there
   * @throws GridException if there is a file that cannot be read at all
   */
  Optional<NetworkState> find(Consumer<String> damaged) {
    return stated().filter(found -> isWhole(found, damaged));
  }

  private Optional<NetworkState> stated() {
    return new JsonFiles(files)
        .read(state, ObjectNode.class)
        .flatMap(json -> NetworkState.of(json, nameField));
  }

  private boolean isWhole(NetworkState found, Consumer<String> damaged) {
    Optional<byte[]> content = files.bytes(weights);
    if (content.isEmpty()) {
      return false;
    }
    try {
      Checkpoint read = Checkpoints.read(content.get(), weights.toString());
      return WeightHash.of(read.tensors()).equals(found.weightHash());
    } catch (GridException e) {
      damaged.accept(e.getMessage());
      return false;
    }
  }

  /**
   * Replaces the network by another; whatever stops this leaves none rather than half of one.
   *
   * @throws GridException if it cannot be written
   */
  void replace(Checkpoint content, NetworkState with) {
    files.delete(state);
    files.replace(weights, Safetensors.bytes(content));
    new JsonFiles(files).write(state, with.json(nameField));
  }
}

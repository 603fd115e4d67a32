package org.distillgrid.jobs.shared;

import java.util.Optional;
import java.util.function.Consumer;
import org.apache.hadoop.fs.Path;
import org.distillgrid.jobs.folder.JsonFiles;
import org.distillgrid.jobs.folder.RunFiles;
import org.distillgrid.kd.error.GridException;
import org.distillgrid.kd.weights.Checkpoint;
import org.distillgrid.kd.weights.Safetensors;
import org.distillgrid.kd.weights.WeightHash;
import org.distillgrid.kd.weights.file.Checkpoints;

/** A network that all trials of a run share: its weights, and the state that makes them valid. */
public final class KeptNetwork<S extends KeptNetwork.State> {
  /** What is kept beside the weights. */
  public interface State {
    /** Returns the hash of everything that decides the weights. */
    String key();

    /** Returns the SHA-256 of the weights. */
    String weightHash();
  }

  private final RunFiles files;
  private final JsonFiles json;
  private final Path weights;
  private final Path state;
  private final Class<S> type;
  private final String name;

  /**
   * Names the two files of a network.
   *
   * @param weights its weights
   * @param state its state, a JSON file
   * @param type what the state is read as
   * @param name what a message calls the network
   */
  public KeptNetwork(RunFiles files, Path weights, Path state, Class<S> type, String name) {
    this.files = files;
    this.json = new JsonFiles(files);
    this.weights = weights;
    this.state = state;
    this.type = type;
    this.name = name;
  }

  /**
   * Returns the state of the network with a key, if it is there and whole.
   *
   * @param messages takes a line about damaged weights
   * @throws GridException if there is a file that cannot be read at all
   */
  public Optional<S> find(String key, Consumer<String> messages) {
    return json.read(state, type)
        .filter(found -> found.key().equals(key))
        .filter(found -> isWhole(found, messages));
  }

  private boolean isWhole(S found, Consumer<String> messages) {
    Optional<byte[]> content = files.bytes(weights);
    if (content.isEmpty()) {
      return false;
    }
    try {
      Checkpoint read = Checkpoints.read(content.get(), weights.toString());
      return WeightHash.of(read.tensors()).equals(found.weightHash());
    } catch (GridException e) {
      messages.accept(name + " is damaged and made anew: " + e.getMessage());
      return false;
    }
  }

  /**
   * Replaces the network by another; whatever stops this leaves none rather than half of one.
   *
   * @throws GridException if it cannot be written
   */
  public void replace(Checkpoint content, S with) {
    files.delete(state);
    files.replace(weights, Safetensors.bytes(content));
    json.write(state, with);
  }
}

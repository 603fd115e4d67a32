package org.distillgrid.kd.model;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.distillgrid.kd.nn.Architecture;
import org.distillgrid.kd.nn.LayerFactory;
import org.distillgrid.kd.registry.Named;
import org.distillgrid.kd.weights.HostTensor;

/** An architecture in all its sizes; an extension point. */
public interface ModelFamily extends Named {
  /** Returns the numbers that a name may carry. */
  List<ModelOption> options();

  /**
   * Returns a name spelled by options where papers spell sizes of this family otherwise: {@code
   * srcnn-k9x1x5} for {@code srcnn-9-1-5}.
   */
  default String spelled(String name) {
    return name;
  }

  /** Returns what the names look like that {@link #spelled} changes, as a regular expression. */
  default Optional<String> paperNames() {
    return Optional.empty();
  }

  /** Returns the scales that it can be built for. */
  Set<Integer> scales();

  /**
   * Builds one network.
   *
   * @param name the parsed name with every option set
   * @param target what it restores
   * @param layers makes the layers and registers their parameters
   */
  Architecture build(ModelName name, ModelTarget target, LayerFactory layers);

  /**
   * Returns the least height and width of an input that a network of this family restores; smaller
   * test images are found before anything is trained for them.
   *
   * @param name the parsed name with every option set
   */
  default int leastSide(ModelName name) {
    return 1;
  }

  /**
   * Returns whether a checkpoint that names the model it was taken of can be loaded.
   *
   * @param name the network to load it into
   * @param checkpointModel the other's canonical name
   */
  default boolean takes(ModelName name, String checkpointModel) {
    return checkpointModel.equals(name.canonical());
  }

  /**
   * Proposes the networks of this family that a checkpoint may be one of, read off the names and
   * sizes of its tensors. Every proposal is checked against the network that it names, so a wrong
   * one costs little; by default the standard sizes are proposed for every scale.
   *
   * @param shapes the sizes of the checkpoint's tensors under the checkpoint's own names
   */
  default List<ModelGuess> guess(TensorShapes shapes) {
    return ModelGuess.standard(this);
  }

  /**
   * Returns the tensors of a checkpoint under the names of the network's parameters: those of other
   * code bases renamed, buffers that the network computes itself left out, the rest as it is. Any
   * tensors may come, those of another architecture too.
   *
   * @param tensors as the checkpoint names them
   */
  default Map<String, HostTensor> translate(
      ModelName name, ModelTarget target, Map<String, HostTensor> tensors) {
    return tensors;
  }
}

package org.distillgrid.kd.model;

import ai.djl.ndarray.types.Shape;
import java.util.Map;
import java.util.Optional;
import org.distillgrid.kd.error.GridException;
import org.distillgrid.kd.registry.Registry;
import org.distillgrid.kd.weights.HostTensor;

/** Says which network a checkpoint resembles most, for a message about one that does not fit. */
final class NearestModel {
  private final Registry<ModelFamily> families = Models.registry();
  private final Map<String, HostTensor> tensors;
  private Optional<ModelGuess> nearest = Optional.empty();
  private int differing = Integer.MAX_VALUE;

  private NearestModel(Map<String, HostTensor> tensors) {
    this.tensors = tensors;
  }

  /** Returns what to say; nothing if more than half of every network's tensors differ. */
  static Optional<String> of(TensorShapes shapes, Map<String, HostTensor> tensors) {
    NearestModel search = new NearestModel(tensors);
    for (ModelFamily family : search.families.all()) {
      family.guess(shapes).forEach(guess -> search.consider(family, guess));
    }
    return search.nearest.map(search::said);
  }

  private void consider(ModelFamily family, ModelGuess guess) {
    int channels = guess.target().imageChannels();
    if (channels != 1 && channels != 3) {
      return;
    }
    try {
      Map<String, Shape> wanted = Network.shapes(guess.model(), guess.target());
      ModelName name = ModelName.parse(guess.model(), families);
      Map<String, HostTensor> translated = family.translate(name, guess.target(), tensors);
      int found = CheckpointFit.differences(wanted, CheckpointFit.shapes(translated)).size();
      if (found < differing && 2 * found <= wanted.size()) {
        differing = found;
        nearest = Optional.of(guess);
      }
    } catch (GridException e) {
      // A size that no name can carry, or a scale that the family lacks: not this network.
      return;
    }
  }

  private String said(ModelGuess guess) {
    String model =
        String.format(
            "%s ×%d with %d image channels",
            guess.model(), guess.target().scale(), guess.target().imageChannels());
    if (differing == 0) {
      return "its tensors are those of " + model + ", so name that as the model";
    }
    return "the nearest model is " + model + ", of which " + differing + " tensors differ";
  }
}

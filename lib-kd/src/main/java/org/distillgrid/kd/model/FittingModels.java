package org.distillgrid.kd.model;

import ai.djl.ndarray.types.Shape;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.distillgrid.kd.error.GridException;

/** Finds the networks whose parameters are exactly the tensors of a checkpoint. */
public final class FittingModels {
  private FittingModels() {}

  /**
   * Asks every family for its guesses and keeps those that fit, in the order of the families. No
   * network is given values, so that even a large one is checked at once.
   */
  public static List<ModelGuess> of(TensorShapes shapes) {
    Map<String, Shape> found = new TreeMap<>();
    shapes.byName().forEach((name, sizes) -> found.put(name, new Shape(sizes)));
    List<ModelGuess> fitting = new ArrayList<>();
    for (ModelFamily family : Models.registry().all()) {
      for (ModelGuess guess : family.guess(shapes)) {
        if (fits(guess, found)) {
          fitting.add(guess);
        }
      }
    }
    return fitting;
  }

  private static boolean fits(ModelGuess guess, Map<String, Shape> found) {
    int channels = guess.target().imageChannels();
    if (channels != 1 && channels != 3) {
      return false;
    }
    try {
      Map<String, Shape> wanted = Network.shapes(guess.model(), guess.target());
      return CheckpointFit.differences(wanted, found).isEmpty();
    } catch (GridException e) {
      // A size that no name can carry, or a scale that the family lacks: not this network.
      return false;
    }
  }
}

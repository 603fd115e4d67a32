package org.distillgrid.kd.model;

import ai.djl.ndarray.types.Shape;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.distillgrid.kd.error.GridException;
import org.distillgrid.kd.registry.Registry;
import org.distillgrid.kd.weights.HostTensor;
import org.distillgrid.kd.weights.file.Buffers;
import org.distillgrid.kd.weights.file.WeightPart;

/** Finds the networks that a checkpoint's tensors load into. */
public final class FittingModels {
  private final Registry<ModelFamily> families = Models.registry();
  private final TensorShapes shapes;
  private final Supplier<Map<String, HostTensor>> source;
  private Optional<Map<String, HostTensor>> tensors = Optional.empty();

  private FittingModels(TensorShapes shapes, Supplier<Map<String, HostTensor>> source) {
    this.shapes = shapes;
    this.source = source;
  }

  /**
   * Asks every family for its guesses and keeps those that fit, in the order of the families. No
   * network is given values, so that even a large one is checked at once.
   *
   * @param tensors the checkpoint; asked for at most once, and only where the names alone do not
   *     fit, so that the family can translate them
   */
  public static List<ModelGuess> of(
      TensorShapes shapes, Supplier<Map<String, HostTensor>> tensors) {
    return new FittingModels(shapes, tensors).find();
  }

  /** Returns whether a part of a file is a network of any family. */
  public static boolean anyOf(WeightPart part) {
    return !of(TensorShapes.of(part.shapes()), part::tensors).isEmpty();
  }

  private List<ModelGuess> find() {
    List<ModelGuess> fitting = new ArrayList<>();
    for (ModelFamily family : families.all()) {
      for (ModelGuess guess : family.guess(shapes)) {
        if (fits(family, guess)) {
          fitting.add(guess);
        }
      }
    }
    return fitting;
  }

  private boolean fits(ModelFamily family, ModelGuess guess) {
    int channels = guess.target().imageChannels();
    if (channels != 1 && channels != 3) {
      return false;
    }
    try {
      Map<String, Shape> wanted = Network.shapes(guess.model(), guess.target());
      if (CheckpointFit.differences(wanted, found()).isEmpty()) {
        return true;
      }
      if (!CheckpointFit.mayBeTranslated(wanted, found())) {
        return false;
      }
      ModelName name = ModelName.parse(guess.model(), families);
      Map<String, HostTensor> translated = family.translate(name, guess.target(), tensors());
      return CheckpointFit.differences(wanted, CheckpointFit.shapes(translated)).isEmpty();
    } catch (GridException e) {
      // A size that no name can carry, or a scale that the family lacks: not this network.
      return false;
    }
  }

  private Map<String, HostTensor> tensors() {
    if (tensors.isEmpty()) {
      tensors = Optional.of(Buffers.without(source.get()));
    }
    return tensors.get();
  }

  private Map<String, Shape> found() {
    Map<String, Shape> found = new TreeMap<>();
    Buffers.without(shapes.byName()).forEach((name, sizes) -> found.put(name, new Shape(sizes)));
    return found;
  }
}

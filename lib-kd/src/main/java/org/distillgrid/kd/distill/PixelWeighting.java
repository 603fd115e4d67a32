package org.distillgrid.kd.distill;

import ai.djl.ndarray.NDArray;
import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import org.distillgrid.kd.weights.HostTensor;

/** Weights the pixel-wise terms of other methods in space, step by step. */
public interface PixelWeighting extends AutoCloseable {
  /**
   * Returns weights, N×1×H×W, off the gradient tape: no gradient reaches the student through them.
   */
  NDArray weights(StepTensors tensors);

  /**
   * Returns whether it asks what the student would be after the step at hand if all weights were 1;
   * called after {@link #weights}.
   */
  default boolean comparesWithEven() {
    return false;
  }

  /**
   * Takes note of the student as it would be after the step under even weights: its parameters are
   * those while this call lasts. Called before {@link #stepEnded}, if it {@link #comparesWithEven}.
   */
  default void evenStepImagined(StepTensors tensors) {}

  /** Takes note that the student has been updated; the weighting may learn now. */
  default void stepEnded(StepTensors tensors) {}

  /**
   * Returns numbers on the step that has just ended, by series; the trial's curves keep their
   * means.
   */
  default Map<String, Double> observations() {
    return Map.of();
  }

  /**
   * Returns what it looks at and the weights that it would give without chance, by caption, for
   * pictures: signals in [0, 1] and a {@code weight}, N×1×h×w of any size, in the manager of the
   * input.
   */
  default Map<String, NDArray> maps(StepTensors tensors) {
    return Map.of();
  }

  /** Returns what a resumed trial needs of it. */
  default SortedMap<String, HostTensor> state() {
    return Collections.emptySortedMap();
  }

  /** Takes back what {@link #state} gave. */
  default void restore(SortedMap<String, HostTensor> state) {}

  @Override
  default void close() {}
}

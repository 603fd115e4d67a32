package org.distillgrid.kd.distill;

import ai.djl.ndarray.NDArray;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import org.distillgrid.kd.nn.ParameterSet;
import org.distillgrid.kd.weights.HostTensor;

/**
 * A distillation method at work on one student. It reads a step's tensors, never an architecture,
 * and owns whatever networks of its own it needs.
 */
public interface Distiller extends AutoCloseable {
  /** Returns the loss of one step, every term weighted. */
  LossTerms loss(StepTensors tensors);

  /** Returns its own parameters that descend the same loss as the student's. */
  default List<ParameterSet> trainedWithStudent() {
    return List.of();
  }

  /**
   * Takes note of the student as it would be after a step under the terms that its loss was
   * compared with ({@link LossTerms#excess}): its parameters are those while this call lasts, and
   * back again afterwards. Called before the student is updated.
   */
  default void otherStepImagined(StepTensors tensors) {}

  /** Takes note that the student has been updated; a method may update its own networks now. */
  default void stepEnded(StepTensors tensors) {}

  /**
   * Returns numbers on the step that has just ended, by series; the trial's curves keep their
   * means.
   */
  default Map<String, Double> observations() {
    return Map.of();
  }

  /**
   * Returns what it looks at in space and the weights that it gives, by caption, for pictures; see
   * {@link PixelWeighting#maps}. Empty if it weights nothing.
   */
  default Map<String, NDArray> maps(StepTensors tensors) {
    return Map.of();
  }

  /** Returns what a resumed trial needs of it beside {@link #trainedWithStudent}. */
  default SortedMap<String, HostTensor> state() {
    return Collections.emptySortedMap();
  }

  /** Takes back what {@link #state} gave. */
  default void restore(SortedMap<String, HostTensor> state) {}

  @Override
  default void close() {}
}

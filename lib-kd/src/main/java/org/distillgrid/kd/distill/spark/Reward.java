package org.distillgrid.kd.distill.spark;

import ai.djl.ndarray.NDManager;
import java.util.Collections;
import java.util.Optional;
import java.util.SortedMap;
import org.distillgrid.kd.distill.StepTensors;
import org.distillgrid.kd.weights.HostTensor;

/** What the policy is paid for its maps. */
sealed interface Reward extends AutoCloseable
    permits CounterfactualReward, GainReward, TrendReward {
  /**
   * Returns what the student's step teaches the policy; called after it, off the gradient tape.
   *
   * @param drawn the map of the step
   * @param scratch owns the lesson
   */
  Optional<Lesson> lesson(StepTensors tensors, Drawn drawn, NDManager scratch);

  /** Returns whether it asks what a step under even weights would bring. */
  default boolean comparesWithEven() {
    return false;
  }

  /** Takes note of the student as it would be after that step; called before {@link #lesson}. */
  default void evenStepImagined(StepTensors tensors) {}

  /** Returns what a resumed trial needs of it. */
  default SortedMap<String, HostTensor> state() {
    return Collections.emptySortedMap();
  }

  /** Takes back what {@link #state} gave. */
  default void restore(SortedMap<String, HostTensor> state) {}

  @Override
  default void close() {}
}

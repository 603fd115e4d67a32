package org.distillgrid.kd.distill.spark;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import java.util.Optional;
import org.distillgrid.kd.distill.Aliases;
import org.distillgrid.kd.distill.StepTensors;
import org.distillgrid.kd.nn.Architecture;
import org.distillgrid.kd.nn.Inference;

/**
 * The paper's reward: what the student after its step has over the student that takes the same
 * step, from the same state and on the same batch, with all weights 1. What images and batches
 * bring by themselves is in both and cancels out. Two more forward passes, as quantised as the
 * student is. Source: known.
 */
final class CounterfactualReward implements Reward {
  private final Architecture student;
  private final CounterfactualGain gain;
  private Optional<NDArray> even = Optional.empty();

  CounterfactualReward(Architecture student, CounterfactualGain gain) {
    this.student = student;
    this.gain = gain;
  }

  @Override
  public boolean comparesWithEven() {
    return true;
  }

  @Override
  public void evenStepImagined(StepTensors tensors) {
    NDArray input = Aliases.in(tensors.student().output().getManager(), tensors.input());
    even = Optional.of(Inference.output(student, input));
  }

  @Override
  public Optional<Lesson> lesson(StepTensors tensors, Drawn drawn, NDManager scratch) {
    NDArray otherwise =
        even.orElseThrow(
            () -> new IllegalStateException("No step under even weights was imagined"));
    even = Optional.empty();
    NDArray before = Aliases.in(scratch, otherwise);
    NDArray after = Inference.output(student, Aliases.in(scratch, tensors.input()));
    NDArray target = Aliases.in(scratch, tensors.target());
    return Optional.of(new Lesson(drawn, gain.of(before, after, target)));
  }

  @Override
  public void close() {
    gain.close();
  }
}

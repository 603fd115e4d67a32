package org.distillgrid.kd.distill.spark;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import java.util.Optional;
import org.distillgrid.kd.distill.Aliases;
import org.distillgrid.kd.distill.StepTensors;
import org.distillgrid.kd.nn.Architecture;
import org.distillgrid.kd.nn.Inference;

/**
 * The gain that the student's step brought on its own batch: one more forward pass, as quantised as
 * the student is.
 *
 * @param student the student's network
 * @param gain how it is measured
 * @param grid cells along each side, for a gain of each cell
 */
record GainReward(Architecture student, Gain gain, int grid) implements Reward {
  @Override
  public Optional<Lesson> lesson(StepTensors tensors, Drawn drawn, NDManager scratch) {
    NDArray after = Inference.output(student, Aliases.in(scratch, tensors.input()));
    NDArray before = Aliases.in(scratch, tensors.student().output());
    return Optional.of(new Lesson(drawn, gain.of(before, after, tensors.target(), grid)));
  }
}

package org.distillgrid.kd.distill;

import ai.djl.ndarray.NDArray;
import java.util.Optional;

/**
 * Distillation of the output image: {@code L = L1(S, Y) + L1(S, T)}. Source: known; the baseline of
 * every paper on distillation for restoration. Use it as the yardstick of a method that uses more.
 */
public final class LogitsFamily implements DistillerFamily {
  @Override
  public String name() {
    return "logits";
  }

  @Override
  public String help() {
    return "L1 to the ground truth + L1 to the teacher's output";
  }

  @Override
  public Distiller distiller(DistillerContext context) {
    return new Distiller() {
      @Override
      public TeacherUse teacherUse() {
        return TeacherUse.PASS;
      }

      @Override
      public LossTerms loss(StepTensors tensors) {
        NDArray distillation = tensors.pixelMean(difference(tensors));
        return LossTerms.of("pixel", tensors.pixelLoss()).and("logits", distillation);
      }

      @Override
      public Optional<NDArray> pixelMap(StepTensors tensors) {
        return Optional.of(difference(tensors));
      }
    };
  }

  private static NDArray difference(StepTensors tensors) {
    return tensors.student().output().sub(tensors.teacherPass().output()).abs();
  }
}

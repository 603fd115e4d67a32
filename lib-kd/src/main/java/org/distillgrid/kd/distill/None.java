package org.distillgrid.kd.distill;

/** No distillation, the baseline of all methods: {@code L = L1(S, Y)}. */
public final class None implements Method {
  @Override
  public String name() {
    return "none";
  }

  @Override
  public String help() {
    return "no teacher: L1 to the ground truth";
  }

  @Override
  public boolean isSummable() {
    return false;
  }

  @Override
  public Distiller distiller(DistillerContext context, MethodValues values) {
    return new Distiller() {
      @Override
      public TeacherUse teacherUse() {
        return TeacherUse.NONE;
      }

      @Override
      public LossTerms loss(StepTensors tensors) {
        return LossTerms.of("pixel", tensors.pixelLoss());
      }
    };
  }
}

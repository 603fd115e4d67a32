package org.distillgrid.kd.distill;

import java.util.List;
import org.distillgrid.kd.registry.OptionValues;

/** No distillation, the baseline of all methods: {@code L = L1(S, Y)}. */
public final class None implements TermMethod {
  @Override
  public String name() {
    return "none";
  }

  @Override
  public String help() {
    return "no teacher: L1 to the ground truth";
  }

  @Override
  public TeacherUse teacherUse(OptionValues values) {
    return TeacherUse.NONE;
  }

  @Override
  public List<DeclaredTerm> terms(OptionValues values) {
    return List.of(DeclaredTerm.of("pixel", 1));
  }

  @Override
  public boolean isSummable() {
    return false;
  }

  @Override
  public Distiller distiller(DistillerContext context, OptionValues values) {
    return new Distiller() {
      @Override
      public LossTerms loss(StepTensors tensors) {
        return LossTerms.of("pixel", tensors.pixelLoss());
      }
    };
  }
}

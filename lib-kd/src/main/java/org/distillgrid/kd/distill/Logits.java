package org.distillgrid.kd.distill;

import ai.djl.ndarray.NDArray;
import java.util.List;
import org.distillgrid.kd.nn.Scaled;
import org.distillgrid.kd.registry.OptionValues;
import org.distillgrid.kd.registry.ValueOption;

/**
 * Distillation of the output image: {@code L = L1(S, Y) + L1(S, T)}. Source: known; the baseline of
 * every paper on distillation for restoration. Use it as the yardstick of a method that uses more.
 */
public final class Logits implements TermMethod {
  @Override
  public String name() {
    return "logits";
  }

  @Override
  public String help() {
    return "L1 to the ground truth + L1 to the teacher's output";
  }

  @Override
  public List<ValueOption> options() {
    return List.of(ValueOption.number("weight", "weight of L1(S, T); known", 1, 0, 1e6));
  }

  @Override
  public TeacherUse teacherUse(OptionValues values) {
    return TeacherUse.OUTPUT;
  }

  @Override
  public List<DeclaredTerm> terms(OptionValues values) {
    return List.of(
        DeclaredTerm.of("pixel", 1), DeclaredTerm.pixelwise("logits", values.number("weight")));
  }

  @Override
  public Distiller distiller(DistillerContext context, OptionValues values) {
    double weight = values.number("weight");
    return new Distiller() {
      @Override
      public LossTerms loss(StepTensors tensors) {
        NDArray map = map(tensors, weight);
        return LossTerms.of("pixel", tensors.pixelLoss()).andPixelwise("logits", map);
      }
    };
  }

  /** Returns the weighted per-pixel map of L1(S, T), N×C×H×W. */
  public static NDArray map(StepTensors tensors, double weight) {
    NDArray map = tensors.student().output().sub(tensors.teacherOutput()).abs();
    if (weight == 1) {
      return map;
    }
    return Scaled.by(weight, map);
  }
}

package com.example;

import ai.djl.ndarray.NDArray;
import java.util.List;
import org.distillgrid.kd.distill.DeclaredTerm;
import org.distillgrid.kd.distill.Distiller;
import org.distillgrid.kd.distill.DistillerContext;
import org.distillgrid.kd.distill.LossTerms;
import org.distillgrid.kd.distill.StepTensors;
import org.distillgrid.kd.distill.TeacherUse;
import org.distillgrid.kd.distill.TermMethod;
import org.distillgrid.kd.nn.Scaled;
import org.distillgrid.kd.registry.OptionValues;
import org.distillgrid.kd.registry.ValueOption;

/** L1(S, Y) + weight · mean(√((S − T)² + ε²)): the output image under the Charbonnier distance. */
public final class Charbonnier implements TermMethod {
  @Override
  public String name() {
    return "charbonnier";
  }

  @Override
  public String help() {
    return "L1 to the ground truth + Charbonnier distance to the teacher's output";
  }

  @Override
  public List<ValueOption> options() {
    return List.of(
        ValueOption.number("epsilon", "where the distance turns from square to L1", 1e-3, 1e-6, 1),
        ValueOption.number("weight", "weight of the distance", 1, 0, 1e6));
  }

  @Override
  public TeacherUse teacherUse(OptionValues values) {
    return TeacherUse.OUTPUT;
  }

  @Override
  public List<DeclaredTerm> terms(OptionValues values) {
    return List.of(
        DeclaredTerm.of("pixel", 1),
        DeclaredTerm.pixelwise("charbonnier", values.number("weight")));
  }

  @Override
  public Distiller distiller(DistillerContext context, OptionValues values) {
    return new Distance(values.number("weight"), values.number("epsilon"));
  }

  private record Distance(double weight, double epsilon) implements Distiller {
    @Override
    public LossTerms loss(StepTensors tensors) {
      NDArray gap = tensors.student().output().sub(tensors.teacherOutput());
      NDArray map = gap.square().add(epsilon * epsilon).sqrt();
      return LossTerms.of("pixel", tensors.pixelLoss())
          .andPixelwise("charbonnier", Scaled.by(weight, map));
    }
  }
}

package org.distillgrid.kd.distill.spark;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.distillgrid.kd.distill.Distiller;
import org.distillgrid.kd.distill.DistillerContext;
import org.distillgrid.kd.distill.Logits;
import org.distillgrid.kd.distill.PixelWeighting;
import org.distillgrid.kd.distill.TeacherUse;
import org.distillgrid.kd.distill.WeightingMethod;
import org.distillgrid.kd.registry.OptionValues;
import org.distillgrid.kd.registry.ValueOption;

/**
 * SPARK, spatial policy-driven adaptive reinforcement learning for distillation: {@code L = L1(S,
 * Y) + λ·mean(W·|S − T|)}, where a policy that reads four difficulty signals draws W, and learns by
 * reinforcement from how much better the student is after its step. In a sum, W weights the
 * pixel-wise terms of the others.
 *
 * <p>Source: arXiv 2606.15243 (signals, a policy CNN, a stochastic spatial weight map and
 * reinforcement learning known; three convolutions on an 8×8 grid second-hand; every formula and
 * constant reconstructed).
 */
public final class Spark implements WeightingMethod {
  static final String WEIGHT = "weight";

  @Override
  public String name() {
    return "spark";
  }

  @Override
  public String help() {
    return "logits, or the other methods of a sum, weighted in space by a policy that learns from"
        + " its reward";
  }

  @Override
  public List<ValueOption> options() {
    return SparkOptions.all();
  }

  @Override
  public TeacherUse teacherUse(OptionValues values) {
    return TeacherUse.OUTPUT;
  }

  @Override
  public Set<String> optionsAlone() {
    return Set.of(WEIGHT);
  }

  @Override
  public Distiller alone(DistillerContext context, OptionValues values) {
    OptionValues weight = new OptionValues(Map.of(WEIGHT, values.word(WEIGHT)));
    return new Logits().distiller(context, weight);
  }

  @Override
  public PixelWeighting weighting(DistillerContext context, OptionValues values) {
    return SparkWeighting.of(context, values);
  }
}

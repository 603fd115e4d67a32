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
 * Y) + (1/N)·Σ W ⊙ (S − T)²}, where a policy that reads four difficulty signals draws W, and learns
 * by reinforcement from how much better the student is after its step than after the same step
 * under W = 1. In a sum, W weights the pixel-wise terms of the others.
 *
 * <p>Source: arXiv 2606.15243v1, text, Fig. 2 and Eqs. 1 to 4 (known: signals, the policy's sizes,
 * a clamped Gaussian map that is not normalised, the weighted MSE, the reward against a step
 * without weights; reconstructed: all that the paper does not state, see the options).
 */
public final class Spark implements WeightingMethod {
  @Override
  public String name() {
    return "spark";
  }

  @Override
  public String help() {
    return "MSE to the teacher's output, or the other methods of a sum, weighted in space by a"
        + " policy that learns from its reward";
  }

  @Override
  public List<ValueOption> options() {
    return SparkOptions.all();
  }

  @Override
  public void check(OptionValues values) {
    SparkOptions.check(values);
  }

  @Override
  public TeacherUse teacherUse(OptionValues values) {
    return TeacherUse.OUTPUT;
  }

  @Override
  public Set<String> optionsAlone() {
    return Set.of(SparkOptions.WEIGHT, SparkOptions.LOSS, SparkOptions.RANGE);
  }

  @Override
  public Distiller alone(DistillerContext context, OptionValues values) {
    String weight = values.word(SparkOptions.WEIGHT);
    return switch (values.choice(SparkOptions.LOSS, SparkOptions.Gap.class)) {
      case MSE ->
          new SquaredGap(values.number(SparkOptions.WEIGHT) * values.number(SparkOptions.RANGE));
      case L1 ->
          new Logits().distiller(context, new OptionValues(Map.of(SparkOptions.WEIGHT, weight)));
    };
  }

  @Override
  public PixelWeighting weighting(DistillerContext context, OptionValues values) {
    return SparkWeighting.of(context, values);
  }
}

package org.distillgrid.kd.distill.feature;

import ai.djl.ndarray.NDArray;
import java.util.ArrayList;
import java.util.List;
import org.distillgrid.kd.distill.DeclaredTerm;
import org.distillgrid.kd.distill.Distiller;
import org.distillgrid.kd.distill.DistillerContext;
import org.distillgrid.kd.distill.TeacherUse;
import org.distillgrid.kd.distill.TermMethod;
import org.distillgrid.kd.nn.Architecture;
import org.distillgrid.kd.nn.Conv2d;
import org.distillgrid.kd.nn.InputRange;
import org.distillgrid.kd.nn.LayerFactory;
import org.distillgrid.kd.nn.ParameterSet;
import org.distillgrid.kd.registry.OptionValues;
import org.distillgrid.kd.registry.ValueOption;

/**
 * Hints from the teacher's features: {@code L = L1(S, Y) + weight · Σ_k d(r_k(F_S^k), F_T^k)}, r_k
 * a 1×1 convolution to the teacher's width that trains with the student and is dropped afterwards.
 *
 * <p>Source: Romero et al., FitNets, ICLR 2015 (known: regressor, squared distance); reconstructed:
 * L1 as the standard distance, three points, weight 1, features over the teacher's range, and that
 * the hints act from the first step to the last beside the loss of the task, where the paper trains
 * with hints first and without them afterwards. L1(S, T) is not part of it; {@code logits+fitnet}
 * has both.
 */
public final class FitNet implements TermMethod {
  private static final String NAME = "fitnet";

  /** What is averaged of a difference of features. */
  private enum Distance {
    L1,
    MSE;

    NDArray of(NDArray difference) {
      return switch (this) {
        case L1 -> difference.abs();
        case MSE -> difference.square();
      };
    }

    /** Returns the weight of features that are so many times as large as those of [0, 1]. */
    double weight(double weight, double range) {
      return switch (this) {
        case L1 -> weight / range;
        case MSE -> weight / (range * range);
      };
    }
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public String help() {
    return "L1 to the ground truth + teacher's features from the student's by 1×1 convolutions";
  }

  @Override
  public List<ValueOption> options() {
    return List.of(
        ValueOption.choice(
            "loss", "distance of features; mse known, l1 reconstructed", Distance.class),
        ValueOption.whole("points", "pairs of features; reconstructed", 3, 1, 64),
        ValueOption.number("weight", "weight of the sum over points; reconstructed", 1, 0, 1e6),
        FeatureScale.option());
  }

  @Override
  public TeacherUse teacherUse(OptionValues values) {
    return TeacherUse.FEATURES;
  }

  @Override
  public List<DeclaredTerm> terms(OptionValues values) {
    return List.of(DeclaredTerm.of("pixel", 1), DeclaredTerm.of(NAME, values.number("weight")));
  }

  @Override
  public Distiller distiller(DistillerContext context, OptionValues values) {
    TapPoints points = TapPoints.of(NAME, context, values.whole("points"));
    ParameterSet parameters = new ParameterSet();
    List<Conv2d> regressors = regressors(points, context, parameters);
    Distance distance = values.choice("loss", Distance.class);
    FeatureTerm.PointLoss loss =
        (point, pair) -> {
          NDArray difference = regressors.get(point).forward(pair.student()).sub(pair.teacher());
          return distance.of(difference).mean();
        };
    double range = FeatureScale.of(values).of(context.teacherOf(NAME));
    FeatureTerm term = new FeatureTerm(NAME, distance.weight(values.number("weight"), range), loss);
    parameters.open(context.manager());
    return new FeatureDistiller(points, List.of(term), List.of(parameters));
  }

  private static List<Conv2d> regressors(
      TapPoints points, DistillerContext context, ParameterSet parameters) {
    Architecture teacher = context.teacherOf(NAME);
    LayerFactory layers =
        LayerFactory.into(parameters, new ArrayList<>(), context.draws()).under(NAME);
    List<Conv2d> regressors = new ArrayList<>();
    for (int k = 0; k < points.count(); k++) {
      int from = context.student().width(points.student().get(k));
      int to = teacher.width(points.teacher().get(k));
      regressors.add(layers.conv(Integer.toString(k), from, to, 1, InputRange.SIGNED));
    }
    return regressors;
  }
}

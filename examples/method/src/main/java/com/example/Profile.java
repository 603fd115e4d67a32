package com.example;

import ai.djl.ndarray.NDArray;
import java.util.List;
import org.distillgrid.kd.distill.DeclaredTerm;
import org.distillgrid.kd.distill.Distiller;
import org.distillgrid.kd.distill.DistillerContext;
import org.distillgrid.kd.distill.TeacherUse;
import org.distillgrid.kd.distill.TermMethod;
import org.distillgrid.kd.distill.feature.FeatureDistiller;
import org.distillgrid.kd.distill.feature.FeaturePair;
import org.distillgrid.kd.distill.feature.FeatureTerm;
import org.distillgrid.kd.distill.feature.TapPoints;
import org.distillgrid.kd.registry.OptionValues;
import org.distillgrid.kd.registry.ValueOption;

/** L1(S, Y) + weight · Σ_k mean|m(F_S^k) − m(F_T^k)|, m the mean over channels. */
public final class Profile implements TermMethod {
  @Override
  public String name() {
    return "profile";
  }

  @Override
  public String help() {
    return "L1 to the ground truth + the features' mean over channels, place by place";
  }

  @Override
  public List<ValueOption> options() {
    return List.of(
        ValueOption.whole("points", "pairs of features", 3, 1, 64),
        ValueOption.number("weight", "weight of the sum over points", 1, 0, 1e6));
  }

  @Override
  public TeacherUse teacherUse(OptionValues values) {
    return TeacherUse.FEATURES;
  }

  @Override
  public List<DeclaredTerm> terms(OptionValues values) {
    return List.of(
        DeclaredTerm.of("pixel", 1), DeclaredTerm.of("profile", values.number("weight")));
  }

  @Override
  public Distiller distiller(DistillerContext context, OptionValues values) {
    TapPoints points = TapPoints.of(name(), context, values.whole("points"));
    FeatureTerm term =
        new FeatureTerm("profile", values.number("weight"), (point, pair) -> distance(pair));
    return FeatureDistiller.of(points, term);
  }

  private static NDArray distance(FeaturePair pair) {
    return profile(pair.student()).sub(profile(pair.teacher())).abs().mean();
  }

  private static NDArray profile(NDArray features) {
    return features.mean(new int[] {1});
  }
}

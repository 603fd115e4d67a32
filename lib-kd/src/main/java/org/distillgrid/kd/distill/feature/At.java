package org.distillgrid.kd.distill.feature;

import ai.djl.ndarray.NDArray;
import java.util.List;
import org.distillgrid.kd.distill.DeclaredTerm;
import org.distillgrid.kd.distill.Distiller;
import org.distillgrid.kd.distill.DistillerContext;
import org.distillgrid.kd.distill.TeacherUse;
import org.distillgrid.kd.distill.TermMethod;
import org.distillgrid.kd.registry.OptionValues;
import org.distillgrid.kd.registry.ValueOption;

/**
 * Attention transfer: {@code L = L1(S, Y) + weight · Σ_k MSE(a(F_S^k), a(F_T^k))}, where a(F) is
 * the mean over channels of F², flattened over H·W and of L2 norm 1 for each image. Widths may
 * differ.
 *
 * <p>Source: Zagoruyko and Komodakis, ICLR 2017, as used by PAMS (Li et al., ECCV 2020) for
 * quantised super-resolution, whose code has weight 1000 on images in [0, 255], which is 3.92 on
 * [0, 1] (known, scaled), one point behind the long skip and no L1(S, T) (known); {@code logits+at}
 * has both. Reconstructed: points beside the last.
 */
public final class At implements TermMethod {
  private static final String NAME = "at";
  private static final double EPSILON = 1e-12;

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public String help() {
    return "L1 to the ground truth + where in the image the teacher's features are strong";
  }

  @Override
  public List<ValueOption> options() {
    return List.of(
        ValueOption.whole("points", "pairs of features; 1, the last one, known", 1, 1, 64),
        ValueOption.choice(
                "end", "where the last pair lies: behind the long skip, known", TrunkEnd.class)
            .formerly("trunk"),
        ValueOption.number(
                "weight",
                "weight of the sum over points; known, scaled: published 1000 for [0, 255]",
                3.92,
                0,
                1e9)
            .formerly(1000));
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
    TapPoints points =
        TapPoints.of(NAME, context, values.whole("points"))
            .endingAt(values.choice("end", TrunkEnd.class));
    FeatureTerm term =
        new FeatureTerm(NAME, values.number("weight"), (point, pair) -> distance(pair));
    return FeatureDistiller.of(points, term);
  }

  private static NDArray distance(FeaturePair pair) {
    return attention(pair.student()).sub(attention(pair.teacher())).square().mean();
  }

  private static NDArray attention(NDArray features) {
    NDArray energy = features.square().mean(new int[] {1});
    return energy.reshape(features.getShape().get(0), -1).normalize(2, 1, EPSILON);
  }
}

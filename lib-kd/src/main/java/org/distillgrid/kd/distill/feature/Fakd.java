package org.distillgrid.kd.distill.feature;

import ai.djl.ndarray.NDArray;
import java.util.List;
import org.distillgrid.kd.distill.DeclaredTerm;
import org.distillgrid.kd.distill.Distiller;
import org.distillgrid.kd.distill.DistillerContext;
import org.distillgrid.kd.distill.Logits;
import org.distillgrid.kd.distill.LossTerms;
import org.distillgrid.kd.distill.StepTensors;
import org.distillgrid.kd.distill.TeacherUse;
import org.distillgrid.kd.distill.TermMethod;
import org.distillgrid.kd.nn.Scaled;
import org.distillgrid.kd.nn.block.AveragePool;
import org.distillgrid.kd.registry.OptionValues;
import org.distillgrid.kd.registry.ValueOption;

/**
 * Feature affinity: {@code L = 0.5 · L1(S, Y) + 0.5 · L1(S, T) + 10/255 · Σ_k L1(A(F_S^k),
 * A(F_T^k))}. A(F) = FᵀF, HW×HW, holds the cosines between the features of every two places, so
 * that widths may differ. The student's affinity is on the gradient tape, as in the paper.
 *
 * <p>Source: He et al., FAKD, ICIP 2020, and its released code (known: weights, three points, the
 * third of them behind the long skip, the sum over them). The code's 10 belongs to images in [0,
 * 255]; on [0, 1] it is 0.0392 (known, scaled). Reconstructed: maps of more than side × side places
 * are averaged to that size first, as the affinity of 48×48 places would have 5.3 million entries
 * for each image.
 */
public final class Fakd implements TermMethod {
  private static final String NAME = "fakd";
  private static final double EPSILON = 1e-7;

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public String help() {
    return "L1 to ground truth and to the teacher's output + how alike features are across places";
  }

  @Override
  public List<ValueOption> options() {
    return List.of(
        ValueOption.number("pixel", "weight of L1(S, Y); known", 0.5, 0, 1e6),
        ValueOption.number("logits", "weight of L1(S, T); known", 0.5, 0, 1e6),
        ValueOption.number(
                "weight",
                "weight of the affinities' sum; known, scaled: published 10 for [0, 255]",
                0.0392,
                0,
                1e6)
            .formerly(10),
        ValueOption.whole("points", "pairs of features; known", 3, 1, 64),
        ValueOption.choice(
                "end", "where the last pair lies: behind the long skip, known", TrunkEnd.class)
            .formerly("trunk"),
        ValueOption.whole(
            "side", "greatest height and width of an affinity's map; reconstructed", 24, 1, 256));
  }

  @Override
  public TeacherUse teacherUse(OptionValues values) {
    return TeacherUse.FEATURES;
  }

  @Override
  public List<DeclaredTerm> terms(OptionValues values) {
    return List.of(
        DeclaredTerm.of("pixel", values.number("pixel")),
        DeclaredTerm.pixelwise("logits", values.number("logits")),
        DeclaredTerm.of(NAME, values.number("weight")));
  }

  @Override
  public Distiller distiller(DistillerContext context, OptionValues values) {
    TapPoints points =
        TapPoints.of(NAME, context, values.whole("points"))
            .endingAt(values.choice("end", TrunkEnd.class));
    int side = values.whole("side");
    FeatureTerm affinity =
        new FeatureTerm(NAME, values.number("weight"), (point, pair) -> distance(pair, side));
    return new Affinity(points, values.number("pixel"), values.number("logits"), affinity);
  }

  private record Affinity(TapPoints points, double pixel, double logits, FeatureTerm affinity)
      implements Distiller {
    @Override
    public LossTerms loss(StepTensors tensors) {
      NDArray map = Logits.map(tensors, logits);
      LossTerms outputs =
          LossTerms.of("pixel", Scaled.by(pixel, tensors.pixelLoss())).andPixelwise("logits", map);
      return affinity.addTo(outputs, points.pairs(tensors));
    }
  }

  private static NDArray distance(FeaturePair pair, int side) {
    return affinity(pair.student(), side).sub(affinity(pair.teacher(), side)).abs().mean();
  }

  private static NDArray affinity(NDArray features, int side) {
    long height = Math.min(side, features.getShape().get(2));
    long width = Math.min(side, features.getShape().get(3));
    NDArray small = features;
    if (height < features.getShape().get(2) || width < features.getShape().get(3)) {
      small = AveragePool.to(features, height, width);
    }
    NDArray places =
        small
            .reshape(features.getShape().get(0), features.getShape().get(1), height * width)
            .normalize(2, 1, EPSILON);
    return places.transpose(0, 2, 1).matMul(places);
  }
}

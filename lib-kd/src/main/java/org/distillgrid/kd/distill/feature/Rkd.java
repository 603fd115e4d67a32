package org.distillgrid.kd.distill.feature;

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

/**
 * Relational distillation: {@code L = L1(S, Y) + 25/255 · L_D + 50/255 · L_A}. L_D compares the
 * distances of every two images of the batch, divided by their mean, L_A the cosines of the angles
 * that every three of them form, both by smooth L1; an image is its features averaged over a grid.
 *
 * <p>Source: Park et al., CVPR 2019 (known: both terms and their weights, without a term on the
 * outputs; {@code logits+rkd} has both). Reconstructed: that 25 and 50 are divided by 255, as other
 * methods' are that come from code on images in [0, 255], the grid, for a network that does not end
 * in one vector for an image, and points beside the end of the trunk.
 */
public final class Rkd implements TermMethod {
  private static final String NAME = "rkd";

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public String help() {
    return "L1 to the ground truth + distances and angles between the images of a batch";
  }

  @Override
  public List<ValueOption> options() {
    return List.of(
        ValueOption.number(
                "distance",
                "weight of the distances; reconstructed: published 25, over 255",
                0.098,
                0,
                1e6)
            .formerly(25),
        ValueOption.number(
                "angle",
                "weight of the angles; reconstructed: published 50, over 255",
                0.196,
                0,
                1e6)
            .formerly(50),
        ValueOption.whole("points", "pairs of features; 1, the end of the trunk, known", 1, 1, 64),
        ValueOption.whole(
            "grid", "side of the grid that features are averaged over; reconstructed", 4, 1, 64));
  }

  @Override
  public TeacherUse teacherUse(OptionValues values) {
    return TeacherUse.FEATURES;
  }

  @Override
  public List<DeclaredTerm> terms(OptionValues values) {
    return List.of(
        DeclaredTerm.of("pixel", 1),
        DeclaredTerm.of("rkd_distance", values.number("distance")),
        DeclaredTerm.of("rkd_angle", values.number("angle")));
  }

  @Override
  public Distiller distiller(DistillerContext context, OptionValues values) {
    return new Relational(
        TapPoints.of(NAME, context, values.whole("points")),
        values.number("distance"),
        values.number("angle"),
        values.whole("grid"));
  }

  private record Relational(TapPoints points, double distance, double angle, int grid)
      implements Distiller {
    @Override
    public LossTerms loss(StepTensors tensors) {
      NDArray distances = null;
      NDArray angles = null;
      for (FeaturePair pair : points.pairs(tensors)) {
        BatchRelations student = BatchRelations.of(pair.student(), grid);
        BatchRelations teacher = BatchRelations.of(pair.teacher(), grid);
        distances = sum(distances, smoothL1(student.distances(), teacher.distances()));
        angles = sum(angles, smoothL1(student.cosines(), teacher.cosines()));
      }
      return LossTerms.of("pixel", tensors.pixelLoss())
          .and("rkd_distance", Scaled.by(distance, distances))
          .and("rkd_angle", Scaled.by(angle, angles));
    }
  }

  private static NDArray sum(NDArray before, NDArray more) {
    if (before == null) {
      return more;
    }
    return before.add(more);
  }

  /** Returns the mean of d²/2 where |d| is at most 1 and of |d| − 1/2 elsewhere. */
  private static NDArray smoothL1(NDArray student, NDArray teacher) {
    NDArray magnitude = student.sub(teacher).abs();
    NDArray slope = magnitude.minimum(magnitude.onesLike());
    return magnitude.mul(slope).sub(Scaled.by(0.5, slope.square())).mean();
  }
}

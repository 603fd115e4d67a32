package org.distillgrid.kd.distill.dukd;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.ndarray.types.Shape;
import java.util.List;
import org.apache.commons.rng.UniformRandomProvider;
import org.distillgrid.kd.distill.Distiller;
import org.distillgrid.kd.distill.DistillerContext;
import org.distillgrid.kd.distill.Logits;
import org.distillgrid.kd.distill.LossTerms;
import org.distillgrid.kd.distill.StepTensors;
import org.distillgrid.kd.error.ErrorCode;
import org.distillgrid.kd.error.GridException;
import org.distillgrid.kd.nn.Architecture;
import org.distillgrid.kd.nn.GradientMode;
import org.distillgrid.kd.nn.Pass;
import org.distillgrid.kd.nn.Scaled;
import org.distillgrid.kd.nn.block.AveragePool;

/**
 * {@link Dukd} at work: each of its two terms that has a weight runs a network once more.
 *
 * @param context the student and the trial's draws
 * @param teacher the frozen network
 * @param constants weights and a probability
 */
record DukdDistiller(DistillerContext context, Architecture teacher, Constants constants)
    implements Distiller {
  private static final long LEAST_SIDE = 8;

  /**
   * What a name can set.
   *
   * @param pixel weight of L1(S, Y)
   * @param logits weight of L1(S, T)
   * @param zoom weight of the tiles' term
   * @param out weight of the smaller inputs' term
   * @param consistency weight of the term on changed inputs
   * @param probability of each change of each image
   */
  record Constants(
      double pixel,
      double logits,
      double zoom,
      double out,
      double consistency,
      double probability) {}

  @Override
  public LossTerms loss(StepTensors tensors) {
    NDArray map = Logits.map(tensors, constants.logits());
    LossTerms terms = LossTerms.of("pixel", pixel(tensors)).andPixelwise("logits", map);
    if (constants.zoom() > 0) {
      terms = terms.and("dukd_zoom", Scaled.by(constants.zoom(), zoomed(tensors)));
    }
    if (constants.out() > 0) {
      terms = terms.and("dukd_out", Scaled.by(constants.out(), zoomedOut(tensors)));
    }
    if (constants.consistency() > 0) {
      List<NDArray> maps = List.of(consistency(tensors));
      terms = terms.andPixelwise("dukd_consistency", constants.consistency(), maps);
    }
    return terms;
  }

  private NDArray pixel(StepTensors tensors) {
    if (constants.pixel() == 1) {
      return tensors.pixelLoss();
    }
    return Scaled.by(constants.pixel(), tensors.pixelLoss());
  }

  private NDArray zoomed(StepTensors tensors) {
    UniformRandomProvider draws = context.draws().at(tensors.step(), "dukd/zoom");
    return labelled(tile(tensors, draws), draws);
  }

  private NDArray zoomedOut(StepTensors tensors) {
    UniformRandomProvider draws = context.draws().at(tensors.step(), "dukd/out");
    return labelled(smaller(tensors), draws);
  }

  private NDArray labelled(NDArray images, UniformRandomProvider draws) {
    Augmentation augmentation = Augmentation.drawn(images, constants.probability(), draws);
    NDArray label = GradientMode.off(() -> Pass.of(teacher, images).output());
    NDArray student = Pass.of(context.student(), augmentation.of(images)).output();
    return augmentation.undone(student).sub(label).abs().mean();
  }

  // Averaged over areas by the task's scale, at least by two; reconstructed.
  private static NDArray smaller(StepTensors tensors) {
    Shape input = tensors.input().getShape();
    long factor = Math.max(2, tensors.target().getShape().get(2) / input.get(2));
    long height = input.get(2) / factor;
    long width = input.get(3) / factor;
    if (Math.min(height, width) < LEAST_SIDE) {
      throw GridException.of(
          ErrorCode.USAGE,
          "Cannot use method dukd: out makes inputs of %d×%d %d times smaller, and the least side"
              + " is %d",
          input.get(2),
          input.get(3),
          factor,
          LEAST_SIDE);
    }
    return AveragePool.to(tensors.input(), height, width);
  }

  private NDArray consistency(StepTensors tensors) {
    UniformRandomProvider draws = context.draws().at(tensors.step(), "dukd/consistency");
    NDArray input = tensors.input();
    Augmentation augmentation = Augmentation.drawn(input, constants.probability(), draws);
    NDArray label =
        GradientMode.off(
            () -> augmentation.undone(Pass.of(teacher, augmentation.of(input)).output()));
    return tensors.student().output().sub(label).abs();
  }

  private static NDArray tile(StepTensors tensors, UniformRandomProvider draws) {
    Shape input = tensors.input().getShape();
    Shape target = tensors.target().getShape();
    long height = input.get(2);
    long width = input.get(3);
    long top = draws.nextLong(target.get(2) / height) * height;
    long left = draws.nextLong(target.get(3) / width) * width;
    NDArray tile =
        tensors
            .target()
            .get(new NDIndex(":, :, {}:{}, {}:{}", top, top + height, left, left + width));
    // The target outlives this student's step; as a copy of its own the tile lies like any input.
    NDArray copy = tile.duplicate();
    tile.close();
    copy.attach(tensors.input().getManager());
    return copy;
  }
}

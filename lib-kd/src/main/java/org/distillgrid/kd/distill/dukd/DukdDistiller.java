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
import org.distillgrid.kd.nn.Architecture;
import org.distillgrid.kd.nn.GradientMode;
import org.distillgrid.kd.nn.Pass;
import org.distillgrid.kd.nn.Scaled;

/**
 * {@link Dukd} at work: each of its two terms that has a weight runs a network once more.
 *
 * @param context the student and the trial's draws
 * @param teacher the frozen network
 * @param constants weights and a probability
 */
record DukdDistiller(DistillerContext context, Architecture teacher, Constants constants)
    implements Distiller {
  /**
   * What a name can set.
   *
   * @param logits weight of L1(S, T)
   * @param zoom weight of the tiles' term
   * @param consistency weight of the term on changed inputs
   * @param probability of each change of each image
   */
  record Constants(double logits, double zoom, double consistency, double probability) {}

  @Override
  public LossTerms loss(StepTensors tensors) {
    NDArray map = Logits.map(tensors, constants.logits());
    LossTerms terms = LossTerms.of("pixel", tensors.pixelLoss()).andPixelwise("logits", map);
    if (constants.zoom() > 0) {
      terms = terms.and("dukd_zoom", Scaled.by(constants.zoom(), zoomed(tensors)));
    }
    if (constants.consistency() > 0) {
      List<NDArray> maps = List.of(consistency(tensors));
      terms = terms.andPixelwise("dukd_consistency", constants.consistency(), maps);
    }
    return terms;
  }

  private NDArray zoomed(StepTensors tensors) {
    UniformRandomProvider draws = context.draws().at(tensors.step(), "dukd/zoom");
    NDArray tile = tile(tensors, draws);
    Augmentation augmentation = Augmentation.drawn(tile, constants.probability(), draws);
    NDArray label = GradientMode.off(() -> Pass.of(teacher, tile).output());
    NDArray student = Pass.of(context.student(), augmentation.of(tile)).output();
    return augmentation.undone(student).sub(label).abs().mean();
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

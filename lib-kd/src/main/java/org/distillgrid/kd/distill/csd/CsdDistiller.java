package org.distillgrid.kd.distill.csd;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.commons.rng.UniformRandomProvider;
import org.distillgrid.kd.distill.Distiller;
import org.distillgrid.kd.distill.LossTerms;
import org.distillgrid.kd.distill.StepTensors;
import org.distillgrid.kd.error.ErrorCode;
import org.distillgrid.kd.error.GridException;
import org.distillgrid.kd.nn.GradientMode;
import org.distillgrid.kd.nn.Scaled;
import org.distillgrid.kd.nn.Scratch;
import org.distillgrid.kd.nn.Shifted;
import org.distillgrid.kd.nn.block.BicubicEnlarge;
import org.distillgrid.kd.nn.block.Roll;
import org.distillgrid.kd.perceptual.PerceptualEncoder;
import org.distillgrid.kd.random.Draws;

/**
 * {@link Csd} at work: three passes of the encoder a step, that of the student on the tape.
 *
 * @param encoder in whose features images are compared
 * @param draws the trial's generators
 * @param constants weights and counts
 */
record CsdDistiller(PerceptualEncoder encoder, Draws draws, Constants constants)
    implements Distiller {
  /**
   * What a name can set.
   *
   * @param weight of the sum over levels
   * @param negatives most of them for an image
   * @param levels weights of the levels, finest first
   * @param epsilon added to the denominators
   */
  record Constants(double weight, int negatives, List<Double> levels, double epsilon) {
    Constants {
      levels = List.copyOf(levels);
    }
  }

  @Override
  public LossTerms loss(StepTensors tensors) {
    NDArray student = tensors.student().output();
    NDArray teacher = tensors.teacherOutput();
    // The teacher's output outlives this student's step; an alias does not.
    NDArray taught = teacher.reshape(teacher.getShape());
    taught.attach(student.getManager());
    List<NDArray> positives = GradientMode.off(() -> encoder.levels(taught));
    List<NDArray> others = GradientMode.off(() -> encoder.levels(enlarged(tensors)));
    List<NDArray> anchors = encoder.levels(student);
    int[] distances = distances(tensors);
    NDArray sum = student.getManager().zeros(new Shape());
    for (int i = 0; i < anchors.size(); i++) {
      NDArray ratio = ratio(anchors.get(i), positives.get(i), others.get(i), distances);
      sum = sum.add(Scaled.by(constants.levels().get(i), ratio));
    }
    return LossTerms.of("pixel", tensors.pixelLoss())
        .and("csd", Scaled.by(constants.weight(), sum));
  }

  private NDArray ratio(NDArray anchor, NDArray positive, NDArray others, int[] distances) {
    NDArray away = difference(anchor, Roll.of(others, 0, distances[0]));
    for (int k = 1; k < distances.length; k++) {
      away = away.add(difference(anchor, Roll.of(others, 0, distances[k])));
    }
    return difference(anchor, positive).div(Shifted.by(constants.epsilon(), away));
  }

  private static NDArray difference(NDArray anchor, NDArray other) {
    return Scratch.run(anchor, alias -> alias.sub(other).abs().mean());
  }

  private static NDArray enlarged(StepTensors tensors) {
    long factor = tensors.target().getShape().get(2) / tensors.input().getShape().get(2);
    return new BicubicEnlarge((int) factor).forward(tensors.input());
  }

  /** Returns how far along the batch an image's negatives lie: no two alike, and none zero. */
  private int[] distances(StepTensors tensors) {
    int images = (int) tensors.input().getShape().get(0);
    if (images < 2) {
      throw GridException.of(
          ErrorCode.USAGE,
          "Cannot use method csd: it needs two images a batch at least, not %d",
          images);
    }
    int[] all = IntStream.range(1, images).toArray();
    UniformRandomProvider drawn = draws.at(tensors.step(), "csd/negatives");
    int[] chosen = new int[Math.min(constants.negatives(), all.length)];
    for (int k = 0; k < chosen.length; k++) {
      int other = k + drawn.nextInt(all.length - k);
      chosen[k] = all[other];
      all[other] = all[k];
    }
    return chosen;
  }
}

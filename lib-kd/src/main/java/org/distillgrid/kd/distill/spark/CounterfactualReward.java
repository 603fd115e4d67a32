package org.distillgrid.kd.distill.spark;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import java.util.Optional;
import org.distillgrid.kd.distill.Aliases;
import org.distillgrid.kd.distill.DistillerContext;
import org.distillgrid.kd.distill.StepTensors;
import org.distillgrid.kd.nn.Architecture;
import org.distillgrid.kd.nn.Inference;
import org.distillgrid.kd.nn.Scaled;

/**
 * The paper's reward, {@code r = α·ΔPSNR + β·ΔSSIM} of each image: what the student after its step
 * has over the student that takes the same step, from the same state and on the same batch, with
 * all weights 1. What images and batches bring by themselves is in both and cancels out. Two more
 * forward passes, as quantised as the student is. Source: the formula known; α, β, outputs that are
 * not clamped and SSIM of each channel reconstructed.
 */
final class CounterfactualReward implements Reward {
  private final Architecture student;
  private final double alpha;
  private final double beta;
  private final Similarity similarity;
  private Optional<NDArray> even = Optional.empty();

  CounterfactualReward(DistillerContext context, double alpha, double beta) {
    this.student = context.student();
    this.alpha = alpha;
    this.beta = beta;
    this.similarity = new Similarity(context.manager());
  }

  @Override
  public boolean comparesWithEven() {
    return true;
  }

  @Override
  public void evenStepImagined(StepTensors tensors) {
    NDArray input = Aliases.in(tensors.student().output().getManager(), tensors.input());
    even = Optional.of(Inference.output(student, input));
  }

  @Override
  public Optional<Lesson> lesson(StepTensors tensors, Drawn drawn, NDManager scratch) {
    NDArray otherwise =
        even.orElseThrow(
            () -> new IllegalStateException("No step under even weights was imagined"));
    even = Optional.empty();
    NDArray before = Aliases.in(scratch, otherwise);
    NDArray after = Inference.output(student, Aliases.in(scratch, tensors.input()));
    NDArray target = Aliases.in(scratch, tensors.target());
    return Optional.of(new Lesson(drawn, rewards(before, after, target)));
  }

  /**
   * Returns the rewards, N×1×1×1.
   *
   * @param before outputs after the step under even weights, N×C×H×W
   * @param after outputs after the step that was taken
   * @param target the ground truth
   */
  NDArray rewards(NDArray before, NDArray after, NDArray target) {
    NDArray decibels = Gain.PSNR.of(before, after, target, 1);
    NDArray alike = similarity.of(after, target).sub(similarity.of(before, target));
    return Scaled.by(alpha, decibels).add(Scaled.by(beta, alike));
  }

  @Override
  public void close() {
    similarity.close();
  }
}

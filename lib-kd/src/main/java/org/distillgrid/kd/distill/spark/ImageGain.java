package org.distillgrid.kd.distill.spark;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import org.distillgrid.kd.nn.Scaled;

/**
 * {@code α·ΔPSNR + β·ΔSSIM} of each image. Source: the formula known; α, β, outputs that are not
 * clamped and SSIM of each channel reconstructed.
 */
final class ImageGain implements CounterfactualGain {
  private final double alpha;
  private final double beta;
  private final Similarity similarity;

  ImageGain(NDManager manager, double alpha, double beta) {
    this.alpha = alpha;
    this.beta = beta;
    this.similarity = new Similarity(manager);
  }

  @Override
  public NDArray of(NDArray before, NDArray after, NDArray target) {
    NDArray decibels = Gain.PSNR.of(before, after, target, 1);
    NDArray alike = similarity.of(after, target).sub(similarity.of(before, target));
    return Scaled.by(alpha, decibels).add(Scaled.by(beta, alike));
  }

  @Override
  public void close() {
    similarity.close();
  }
}

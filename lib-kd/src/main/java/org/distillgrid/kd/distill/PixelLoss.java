package org.distillgrid.kd.distill;

import ai.djl.ndarray.NDArray;
import org.distillgrid.kd.nn.Scaled;
import org.distillgrid.kd.nn.Shifted;

/**
 * How far a student's output lies from the ground truth: the term {@code pixel}, which every method
 * has. Differences from the teacher are the methods' own.
 */
public enum PixelLoss {
  /** {@code mean|S − Y|}, the field's usual one. */
  L1,
  /** {@code mean (S − Y)²}. */
  MSE,
  /**
   * {@code mean √((S − Y)² + ε²)}, ε = 1e-3. Source: Charbonnier et al., 1994; ε known from the
   * released training code of MIRNet (Zamir et al., arXiv 2003.06792).
   */
  CHARBONNIER,
  /**
   * {@code mean_n 10·log10(mean (S_n − Y_n)² + 1e-8)} over the images of a batch: the negative of
   * their PSNR in dB, on all channels. Source: known, the released training code of NAFNet (Chen et
   * al., arXiv 2204.04676).
   */
  PSNR;

  private static final double SQUARED_EPSILON = 1e-3 * 1e-3;
  private static final double NO_ERROR = 1e-8;
  private static final double DECIBELS = 10 / Math.log(10);

  /**
   * Returns the loss, a scalar.
   *
   * @param output a student's images in [0, 1], N×C×H×W
   * @param target the ground truth, of the same sizes
   */
  public NDArray of(NDArray output, NDArray target) {
    NDArray difference = output.sub(target);
    return switch (this) {
      case L1 -> difference.abs().mean();
      case MSE -> difference.square().mean();
      case CHARBONNIER -> Shifted.by(SQUARED_EPSILON, difference.square()).sqrt().mean();
      case PSNR -> {
        long images = difference.getShape().get(0);
        NDArray errors = difference.square().reshape(images, -1).mean(new int[] {1});
        yield Scaled.by(DECIBELS, Shifted.by(NO_ERROR, errors).log().mean());
      }
    };
  }
}

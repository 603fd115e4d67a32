package org.distillgrid.kd.task;

import java.util.OptionalDouble;

/**
 * How near an image is to its ground truth.
 *
 * @param psnr in dB; +∞ for identical images
 * @param ssim at most 1; empty where the images are smaller than its window
 * @param lpips 0 for identical images, greater the less alike they look; empty where it was not
 *     measured
 */
public record Score(double psnr, OptionalDouble ssim, OptionalDouble lpips) {
  /** Returns the same score with how alike the images look. */
  public Score withLpips(OptionalDouble distance) {
    return new Score(psnr, ssim, distance);
  }
}

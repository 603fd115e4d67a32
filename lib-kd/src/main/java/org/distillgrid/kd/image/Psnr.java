package org.distillgrid.kd.image;

/** Peak signal-to-noise ratio in dB: 10·log10(255²/MSE), in double. */
public final class Psnr {
  private static final double PEAK = 255;

  private Psnr() {}

  /** Returns the PSNR of two planes of one size; +∞ when they are identical. */
  public static double between(Plane reference, Plane restored) {
    return ofMeanSquaredError(reference.meanSquaredError(restored));
  }

  /** Returns the PSNR of a mean squared error on the scale 0..255; +∞ for zero. */
  public static double ofMeanSquaredError(double meanSquaredError) {
    if (meanSquaredError == 0) {
      return Double.POSITIVE_INFINITY;
    }
    return 10 * Math.log10(PEAK * PEAK / meanSquaredError);
  }
}

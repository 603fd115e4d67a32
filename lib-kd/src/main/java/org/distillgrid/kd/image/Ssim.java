package org.distillgrid.kd.image;

import java.util.Arrays;

/**
 * Structural similarity (Wang et al. 2004): 11×11 Gaussian window σ = 1.5 that lies wholly inside
 * the image, C1 = (0.01·255)², C2 = (0.03·255)², mean over all windows, in double.
 */
public final class Ssim {
  /** The side of the window: images must be at least this large. */
  public static final int WINDOW = 11;

  private static final double SIGMA = 1.5;
  private static final double C1 = (0.01 * 255) * (0.01 * 255);
  private static final double C2 = (0.03 * 255) * (0.03 * 255);
  private static final int MOMENTS = 5;

  private final double[] gaussian = gaussian();
  private final Plane reference;
  private final Plane restored;
  private final int outputWidth;
  private final double[][][] filteredRows;
  private final double[][] products;
  private final double[][] moments;

  private Ssim(Plane reference, Plane restored) {
    this.reference = reference;
    this.restored = restored;
    this.outputWidth = reference.width() - WINDOW + 1;
    this.filteredRows = new double[WINDOW][MOMENTS][outputWidth];
    this.products = new double[MOMENTS][reference.width()];
    this.moments = new double[MOMENTS][outputWidth];
  }

  /**
   * Returns the SSIM of two planes of one size.
   *
   * @throws IllegalArgumentException if they are smaller than the window or differ in size
   */
  public static double between(Plane reference, Plane restored) {
    reference.requireSameSize(restored);
    if (reference.height() < WINDOW || reference.width() < WINDOW) {
      throw new IllegalArgumentException(
          String.format(
              "SSIM needs at least %d×%d pixels: %d×%d",
              WINDOW, WINDOW, reference.height(), reference.width()));
    }
    return new Ssim(reference, restored).mean();
  }

  // The window is separable: each row is filtered along itself once, and kept while eleven rows
  // need it.
  private double mean() {
    double sum = 0;
    int outputHeight = reference.height() - WINDOW + 1;
    for (int row = 0; row < reference.height(); row++) {
      filterAlong(row);
      if (row >= WINDOW - 1) {
        filterDown(row - WINDOW + 1);
        sum += sumOfRow();
      }
    }
    return sum / ((double) outputHeight * outputWidth);
  }

  private void filterAlong(int row) {
    int offset = row * reference.width();
    for (int i = 0; i < reference.width(); i++) {
      double a = reference.values()[offset + i];
      double b = restored.values()[offset + i];
      products[0][i] = a;
      products[1][i] = b;
      products[2][i] = a * a;
      products[3][i] = b * b;
      products[4][i] = a * b;
    }
    for (int moment = 0; moment < MOMENTS; moment++) {
      double[] filtered = filteredRows[row % WINDOW][moment];
      Arrays.fill(filtered, 0);
      for (int tap = 0; tap < WINDOW; tap++) {
        add(products[moment], tap, gaussian[tap], filtered);
      }
    }
  }

  private void filterDown(int topRow) {
    for (int moment = 0; moment < MOMENTS; moment++) {
      Arrays.fill(moments[moment], 0);
      for (int tap = 0; tap < WINDOW; tap++) {
        add(filteredRows[(topRow + tap) % WINDOW][moment], 0, gaussian[tap], moments[moment]);
      }
    }
  }

  private double sumOfRow() {
    double sum = 0;
    for (int i = 0; i < outputWidth; i++) {
      double meanA = moments[0][i];
      double meanB = moments[1][i];
      double varianceA = moments[2][i] - meanA * meanA;
      double varianceB = moments[3][i] - meanB * meanB;
      double covariance = moments[4][i] - meanA * meanB;
      sum +=
          ((2 * meanA * meanB + C1) * (2 * covariance + C2))
              / ((meanA * meanA + meanB * meanB + C1) * (varianceA + varianceB + C2));
    }
    return sum;
  }

  private static void add(double[] values, int offset, double weight, double[] sums) {
    for (int i = 0; i < sums.length; i++) {
      sums[i] += weight * values[offset + i];
    }
  }

  private static double[] gaussian() {
    double[] weights = new double[WINDOW];
    double sum = 0;
    for (int i = 0; i < WINDOW; i++) {
      int distance = i - WINDOW / 2;
      weights[i] = Math.exp(-distance * distance / (2 * SIGMA * SIGMA));
      sum += weights[i];
    }
    for (int i = 0; i < WINDOW; i++) {
      weights[i] /= sum;
    }
    return weights;
  }
}

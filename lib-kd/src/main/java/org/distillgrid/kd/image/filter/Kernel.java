package org.distillgrid.kd.image.filter;

import java.util.Arrays;

/**
 * The weights of a filter, row-major around the pixel in their middle, summing to one; both sides
 * are odd. The array is shared, not copied: who hands it over gives it up.
 */
public record Kernel(int height, int width, double[] weights) {
  // Where scipy's filter ends, too.
  private static final double DEVIATIONS = 4;
  // The cosine of a right angle is not quite zero.
  private static final double ROUNDING = 1e-9;

  /**
   * Returns one row of the Gaussian's values at whole distances, up to four deviations.
   *
   * @param sigma the standard deviation in pixels
   */
  public static Kernel gaussianRow(double sigma) {
    int radius = (int) (DEVIATIONS * sigma + 0.5);
    double[] weights = new double[2 * radius + 1];
    for (int i = 0; i < weights.length; i++) {
      double distance = i - radius;
      weights[i] = Math.exp(-distance * distance / (2 * sigma * sigma));
    }
    return normalised(1, weights.length, weights);
  }

  /**
   * Returns the weights of a straight motion as MATLAB's {@code fspecial('motion', length, angle)}
   * has them: a pixel weighs one less its distance to a line of length − 1 between the middles of
   * its ends.
   *
   * @param length in pixels, at least 1
   * @param degrees from the horizontal, counter-clockwise
   */
  public static Kernel motion(double length, double degrees) {
    double half = (length - 1) / 2;
    double cosine = Math.cos(Math.toRadians(degrees));
    double sine = Math.sin(Math.toRadians(degrees));
    int rows = reach(half * Math.abs(sine));
    int columns = reach(half * Math.abs(cosine));
    double[] weights = new double[(2 * rows + 1) * (2 * columns + 1)];
    int at = 0;
    for (int row = -rows; row <= rows; row++) {
      for (int column = -columns; column <= columns; column++) {
        // Rows count downwards, angles upwards.
        double along = column * cosine - row * sine;
        double across = -row * cosine - column * sine;
        double distance = Math.abs(across);
        if (Math.hypot(row, column) >= half) {
          distance = Math.hypot(across, half - Math.abs(along));
        }
        weights[at++] = Math.max(0, 1 - distance);
      }
    }
    return normalised(2 * rows + 1, 2 * columns + 1, weights);
  }

  /** Returns the same weights with rows and columns exchanged. */
  public Kernel transposed() {
    double[] turned = new double[weights.length];
    for (int row = 0; row < height; row++) {
      for (int column = 0; column < width; column++) {
        turned[column * height + row] = weights[row * width + column];
      }
    }
    return new Kernel(width, height, turned);
  }

  /** Returns the weight of a pixel at a distance from the middle, which the kernel has. */
  public double at(int down, int right) {
    return weights[(down + height / 2) * width + right + width / 2];
  }

  // Further off than this, a pixel is a whole pixel away from the line.
  private static int reach(double half) {
    return (int) (half + 1 - ROUNDING);
  }

  private static Kernel normalised(int height, int width, double[] weights) {
    double sum = Arrays.stream(weights).sum();
    for (int i = 0; i < weights.length; i++) {
      weights[i] /= sum;
    }
    return new Kernel(height, width, weights);
  }
}

package org.distillgrid.kd.eval;

import org.distillgrid.kd.image.PlanarImage;

/**
 * The square of an image in which another differs most from it: where there is something to see.
 *
 * @param row its top, in pixels
 * @param column its left, in pixels
 * @param side its height and width, in pixels
 */
public record WorstSquare(int row, int column, int side) {
  /**
   * Finds it by the sum of absolute differences over all channels; of equal ones the first.
   *
   * @param most its side, less where the images are smaller
   * @param step its corner lies at multiples of this, as its side does
   */
  public static WorstSquare of(PlanarImage truth, PlanarImage other, int most, int step) {
    int least = Math.min(truth.height(), truth.width());
    int side = Math.max(1, Math.min(most, least) / step * step);
    long[][] sums = sums(truth, other);
    WorstSquare worst = new WorstSquare(0, 0, side);
    long greatest = -1;
    for (int row = 0; row + side <= truth.height(); row += step) {
      for (int column = 0; column + side <= truth.width(); column += step) {
        long sum =
            sums[row + side][column + side]
                - sums[row][column + side]
                - sums[row + side][column]
                + sums[row][column];
        if (sum > greatest) {
          greatest = sum;
          worst = new WorstSquare(row, column, side);
        }
      }
    }
    return worst;
  }

  /** Returns its part of an image of that size. */
  public PlanarImage of(PlanarImage image) {
    return image.crop(row, column, side, side);
  }

  /** Returns its part of an image that is smaller by a factor. */
  public PlanarImage ofSmaller(PlanarImage image, int factor) {
    return image.crop(row / factor, column / factor, side / factor, side / factor);
  }

  // Of all that lies above and to the left of a place.
  private static long[][] sums(PlanarImage one, PlanarImage other) {
    long[][] sums = new long[one.height() + 1][one.width() + 1];
    for (int row = 0; row < one.height(); row++) {
      long ofRow = 0;
      for (int column = 0; column < one.width(); column++) {
        for (int channel = 0; channel < one.channels(); channel++) {
          ofRow += Math.abs(one.at(channel, row, column) - other.at(channel, row, column));
        }
        sums[row + 1][column + 1] = sums[row][column + 1] + ofRow;
      }
    }
    return sums;
  }
}

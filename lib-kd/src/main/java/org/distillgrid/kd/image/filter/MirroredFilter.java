package org.distillgrid.kd.image.filter;

import org.distillgrid.kd.image.Plane;

/**
 * Weighted sums over the neighbours of each pixel. Beyond the border lies the image's mirror image,
 * in which the border itself is not repeated (numpy's and PyTorch's {@code reflect}): dcb|abcd|cba.
 */
public final class MirroredFilter {
  private final Kernel kernel;

  public MirroredFilter(Kernel kernel) {
    this.kernel = kernel;
  }

  /** Returns the filtered plane, unrounded. */
  public Plane of(Plane plane) {
    double[] sums = new double[plane.values().length];
    for (int down = -(kernel.height() / 2); down <= kernel.height() / 2; down++) {
      int[] rows = mirrored(down, plane.height());
      for (int right = -(kernel.width() / 2); right <= kernel.width() / 2; right++) {
        double weight = kernel.at(down, right);
        if (weight != 0) {
          add(weight, plane, rows, mirrored(right, plane.width()), sums);
        }
      }
    }
    return new Plane(plane.height(), plane.width(), sums);
  }

  private static void add(double weight, Plane plane, int[] rows, int[] columns, double[] sums) {
    int at = 0;
    for (int row : rows) {
      int start = row * plane.width();
      for (int column : columns) {
        sums[at++] += weight * plane.values()[start + column];
      }
    }
  }

  // Where the pixels of a line are found, each moved by an offset.
  private static int[] mirrored(int offset, int size) {
    int[] places = new int[size];
    int period = Math.max(1, 2 * (size - 1));
    for (int i = 0; i < size; i++) {
      int place = Math.floorMod(i + offset, period);
      places[i] = Math.min(place, period - place);
    }
    return places;
  }
}

package org.distillgrid.kd.train;

import org.distillgrid.kd.image.PlanarImage;
import org.distillgrid.kd.train.patches.PatchSource;

/**
 * The eight ways to lay a picture on a square: flips and quarter turns. Files of predictions are in
 * this order.
 */
enum Dihedral {
  IDENTITY(0, 0, 0),
  FLIP_COLUMNS(0, 0, 1),
  FLIP_ROWS(0, 1, 0),
  HALF_TURN(0, 1, 1),
  TRANSPOSE(1, 0, 0),
  TURN_RIGHT(1, 0, 1),
  TURN_LEFT(1, 1, 0),
  ANTI_TRANSPOSE(1, 1, 1);

  private final int transpose;
  private final int flipRows;
  private final int flipColumns;

  Dihedral(int transpose, int flipRows, int flipColumns) {
    this.transpose = transpose;
    this.flipRows = flipRows;
    this.flipColumns = flipColumns;
  }

  /** Returns the picture, transposed or not, then with its rows and columns in reverse or not. */
  PlanarImage apply(PlanarImage image) {
    if (this == IDENTITY) {
      return image;
    }
    int height = image.height();
    int width = image.width();
    if (transpose == 1) {
      height = image.width();
      width = image.height();
    }
    byte[] source = image.samples();
    byte[] turned = new byte[source.length];
    int rowStride = image.width();
    int columnStride = 1;
    if (transpose == 1) {
      rowStride = 1;
      columnStride = image.width();
    }
    int at = 0;
    for (int c = 0; c < image.channels(); c++) {
      int plane = c * height * width;
      for (int r = 0; r < height; r++) {
        int row = plane + reversed(r, height, flipRows) * rowStride;
        for (int x = 0; x < width; x++) {
          turned[at++] = source[row + reversed(x, width, flipColumns) * columnStride];
        }
      }
    }
    return new PlanarImage(image.channels(), height, width, turned);
  }

  /** Returns both patches of a pair, laid alike. */
  PatchSource.Pair apply(PatchSource.Pair pair) {
    return new PatchSource.Pair(apply(pair.input()), apply(pair.target()));
  }

  private static int reversed(int index, int length, int flip) {
    if (flip == 1) {
      return length - 1 - index;
    }
    return index;
  }
}

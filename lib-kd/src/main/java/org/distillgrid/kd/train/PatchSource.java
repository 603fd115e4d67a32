package org.distillgrid.kd.train;

import org.distillgrid.kd.image.PlanarImage;

/** Aligned pairs of patches by index, in an order that never changes. */
public interface PatchSource {
  /**
   * One pair.
   *
   * @param input the stored, degraded patch
   * @param target the ground truth, {@code scale} times as large
   */
  record Pair(PlanarImage input, PlanarImage target) {
    /** Returns how many times as large as the input the ground truth is. */
    int scale() {
      return target.width() / input.width();
    }

    /**
     * Returns the squares of both that show the same.
     *
     * @param row where it begins, in pixels of the input
     * @param column where it begins, in pixels of the input
     * @param side in pixels of the input
     */
    Pair window(int row, int column, int side) {
      int scale = scale();
      return new Pair(
          input.crop(row, column, side, side),
          target.crop(row * scale, column * scale, side * scale, side * scale));
    }
  }

  /** Returns how many pairs there are. */
  int size();

  /** Returns the pair at an index from 0. */
  Pair pair(int index);

  /**
   * Returns these patches, of each only the window in its middle.
   *
   * @param side of the window in pixels of the ground truth; 0: whole patches
   */
  default PatchSource centres(int side) {
    if (side == 0) {
      return this;
    }
    PatchSource whole = this;
    return new PatchSource() {
      @Override
      public int size() {
        return whole.size();
      }

      @Override
      public Pair pair(int index) {
        Pair pair = whole.pair(index);
        int seen = side / pair.scale();
        int row = (pair.input().height() - seen) / 2;
        return pair.window(row, (pair.input().width() - seen) / 2, seen);
      }
    };
  }
}

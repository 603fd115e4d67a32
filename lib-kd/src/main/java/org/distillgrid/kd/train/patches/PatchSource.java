package org.distillgrid.kd.train.patches;

import org.distillgrid.kd.image.PlanarImage;
import org.distillgrid.kd.train.recipe.Window;

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
     * Returns the parts of both that a window shows.
     *
     * @param window laid on the input; on the target the same part of the picture is taken
     */
    Pair window(Window window) {
      return new Pair(window.of(input), window.times(scale()).of(target));
    }
  }

  /** Returns how many pairs there are. */
  int size();

  /** Returns the pair at an index from 0. */
  Pair pair(int index);

  /**
   * Returns of which image the pair at an index is, as a number that its pairs alone have. Where a
   * source does not know, every pair is an image.
   */
  default int image(int index) {
    return index;
  }

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
      public int image(int index) {
        return whole.image(index);
      }

      @Override
      public Pair pair(int index) {
        Pair pair = whole.pair(index);
        int seen = side / pair.scale();
        int row = (pair.input().height() - seen) / 2;
        int column = (pair.input().width() - seen) / 2;
        return pair.window(new Window(row, column, seen, seen));
      }
    };
  }

  /**
   * Returns the part of the pair at an index that a window shows. Sources that can, copy no more
   * than that part.
   *
   * @param window laid on the input; on the target the same part of the picture is taken
   */
  default Pair pair(int index, Window window) {
    return pair(index).window(window);
  }
}

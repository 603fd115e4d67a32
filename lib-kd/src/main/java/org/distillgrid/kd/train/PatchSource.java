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
  record Pair(PlanarImage input, PlanarImage target) {}

  /** Returns how many pairs there are. */
  int size();

  /** Returns the pair at an index from 0. */
  Pair pair(int index);

  /**
   * Returns the part of the pair at an index that a window shows. Sources that can, copy no more
   * than that part.
   *
   * @param window laid on the input; on the target the same part of the picture is taken
   */
  default Pair pair(int index, Window window) {
    Pair whole = pair(index);
    int scale = whole.target().height() / whole.input().height();
    return new Pair(window.of(whole.input()), window.times(scale).of(whole.target()));
  }
}

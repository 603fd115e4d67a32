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
}

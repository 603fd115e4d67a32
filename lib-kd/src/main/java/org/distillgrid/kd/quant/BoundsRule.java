package org.distillgrid.kd.quant;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;

/** How observed values become the range that a grid covers. */
interface BoundsRule {
  /** Takes in the values of one batch, or the weight: a row for each scale. */
  void observe(NDArray rows);

  /** Returns the bounds, in a given manager. */
  Bounds bounds(NDManager manager);
}

package org.distillgrid.kd.quant;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;

/** How observed values become the range that a grid covers; it has the state of one operand. */
public interface BoundsRule {
  /**
   * Takes in the values of one batch, or the weight.
   *
   * @param rows a row for each scale, see {@link LayerShapes#rows}
   */
  void observe(NDArray rows);

  /** Returns the bounds of all that it has observed, in a given manager. */
  Bounds bounds(NDManager manager);
}

package org.distillgrid.kd.nn;

import ai.djl.ndarray.NDArray;

/** What stands between a layer's operands and its product; a quantiser, once one is put in. */
public interface OperandTransform {
  /** Returns what the layer multiplies instead of its input. */
  NDArray input(NDArray input);

  /** Returns what the layer multiplies with instead of its weight. */
  NDArray weight(NDArray weight);
}

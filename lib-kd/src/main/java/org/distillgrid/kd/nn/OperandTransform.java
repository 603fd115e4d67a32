package org.distillgrid.kd.nn;

import ai.djl.ndarray.NDArray;

/** What stands between two operands and their product; a quantiser, once one is put in. */
public interface OperandTransform {
  /** Returns what is multiplied instead of the left operand: a layer's input. */
  NDArray input(NDArray input);

  /** Returns what is multiplied instead of the right operand: a layer's weight. */
  NDArray weight(NDArray weight);
}

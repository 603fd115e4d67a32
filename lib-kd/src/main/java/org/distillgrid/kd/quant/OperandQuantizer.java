package org.distillgrid.kd.quant;

import ai.djl.ndarray.NDArray;

/**
 * The quantiser of one operand of one layer: of its weight or of its input. It first observes
 * full-precision operands, then is fixed, and from then on gives their fake-quantised values.
 */
public interface OperandQuantizer {
  /** Takes in the weight, or the input of one calibration batch, N×C×H×W. */
  void observe(NDArray operand);

  /** Sets its scales from what it has observed. */
  void fix();

  /** Returns the fake-quantised operand, in the operand's manager. */
  NDArray quantize(NDArray operand);
}

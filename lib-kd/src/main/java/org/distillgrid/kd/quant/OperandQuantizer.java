package org.distillgrid.kd.quant;

import ai.djl.ndarray.NDArray;

/**
 * The quantiser of one operand of one multiplication: of a weight or of an activation. It first
 * observes full-precision operands, then is fixed, and from then on gives their fake-quantised
 * values.
 */
public interface OperandQuantizer {
  /** Takes in the weight, or the activation of one calibration batch. */
  void observe(NDArray operand);

  /** Sets its scales from what it has observed. */
  void fix();

  /**
   * Takes in the operand of a training step's own pass, before that is quantised; for a range that
   * goes on moving in training.
   */
  default void follow(NDArray operand) {}

  /** Returns the fake-quantised operand, in the operand's manager. */
  NDArray quantize(NDArray operand);

  /**
   * Returns the values that {@link #quantize} can give, as they are now.
   *
   * @param operand the weight; an activation's grid does not depend on it
   */
  UniformGrid grid(NDArray operand);
}

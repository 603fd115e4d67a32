package org.distillgrid.kd.quant;

import ai.djl.ndarray.NDArray;
import org.distillgrid.kd.nn.OperandTransform;

/**
 * The quantiser of one layer. It first observes calibration inputs, then is fixed, and from then on
 * replaces the layer's operands by their fake-quantised values.
 */
public interface LayerQuantizer extends OperandTransform {
  /** Takes in one calibration batch as the layer sees it, N×C×H×W. */
  void observe(NDArray input);

  /** Sets its scales from what it observed and from the layer's full-precision weight. */
  void fix(NDArray weight);
}

package org.distillgrid.kd.quant.rule;

import org.distillgrid.kd.quant.Operand;
import org.distillgrid.kd.quant.OperandQuantizer;
import org.distillgrid.kd.quant.QuantizerFamily;
import org.distillgrid.kd.quant.QuantizerParameters;

/** Dual trainable bounds: {@code ddtb}. See {@link DualBounds} for the rule and its source. */
public final class Ddtb implements QuantizerFamily {
  // Bounds learn at 1e-2 where weights learn at 1e-4, as the field trains them.
  private static final double BOUNDS_RATE = 100;

  @Override
  public String name() {
    return "ddtb";
  }

  @Override
  public String help() {
    return "QAT: learned lower and upper bounds of weights and activations";
  }

  @Override
  public Kind kind() {
    return Kind.QUANTIZATION_AWARE;
  }

  @Override
  public double rateFactor() {
    return BOUNDS_RATE;
  }

  @Override
  public OperandQuantizer weight(Operand operand, QuantizerParameters parameters) {
    return new DualBounds(operand, parameters);
  }

  @Override
  public OperandQuantizer activation(Operand operand, QuantizerParameters parameters) {
    return new DualBounds(operand, parameters);
  }
}

package org.distillgrid.kd.quant;

/** Dual trainable bounds: {@code ddtb}. See {@link DualBounds} for the rule and its source. */
public final class DdtbFamily implements QuantizerFamily {
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
    return Kind.QUANTISATION_AWARE;
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

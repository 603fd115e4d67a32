package org.distillgrid.kd.quant.rule;

import org.distillgrid.kd.quant.Operand;
import org.distillgrid.kd.quant.OperandQuantizer;
import org.distillgrid.kd.quant.QuantizerFamily;
import org.distillgrid.kd.quant.QuantizerParameters;

/**
 * Parameterised max scale: {@code pams}. See {@link PamsActivation} for the rule and its source;
 * weights have the fixed range of {@link MaxScaledWeight}.
 */
public final class Pams implements QuantizerFamily {
  // Bounds learn at 1e-2 where weights learn at 1e-4, as the field trains them.
  private static final double BOUNDS_RATE = 100;

  @Override
  public String name() {
    return "pams";
  }

  @Override
  public String help() {
    return "QAT: learned clip of activations, weights by their greatest magnitude";
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
    return new MaxScaledWeight(operand);
  }

  @Override
  public OperandQuantizer activation(Operand operand, QuantizerParameters parameters) {
    return new PamsActivation(operand, parameters);
  }
}

package org.distillgrid.kd.quant.rule;

import org.distillgrid.kd.quant.Operand;
import org.distillgrid.kd.quant.OperandQuantizer;
import org.distillgrid.kd.quant.QuantizerFamily;
import org.distillgrid.kd.quant.QuantizerParameters;
import org.distillgrid.kd.registry.OptionValues;

/** No quantisation at all: {@code fp}. */
public final class FullPrecision implements QuantizerFamily {
  @Override
  public String name() {
    return "fp";
  }

  @Override
  public String help() {
    return "none: full precision";
  }

  @Override
  public Kind kind() {
    return Kind.FULL_PRECISION;
  }

  @Override
  public OperandQuantizer weight(
      Operand operand, OptionValues values, QuantizerParameters parameters) {
    throw new IllegalStateException("Full precision has no quantisers: " + operand.name());
  }

  @Override
  public OperandQuantizer activation(
      Operand operand, OptionValues values, QuantizerParameters parameters) {
    throw new IllegalStateException("Full precision has no quantisers: " + operand.name());
  }
}

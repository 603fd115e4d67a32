package org.distillgrid.kd.quant;

/** No quantisation at all: {@code fp}. */
public final class FullPrecisionFamily implements QuantizerFamily {
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
  public OperandQuantizer weight(Operand operand, QuantizerParameters parameters) {
    throw new IllegalStateException("Full precision has no quantisers: " + operand.name());
  }

  @Override
  public OperandQuantizer activation(Operand operand, QuantizerParameters parameters) {
    throw new IllegalStateException("Full precision has no quantisers: " + operand.name());
  }
}

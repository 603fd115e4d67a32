package org.distillgrid.kd.quant;

/** Learned step sizes: {@code lsq}. See {@link LsqScale} for the rule and its source. */
public final class LsqFamily implements QuantizerFamily {
  @Override
  public String name() {
    return "lsq";
  }

  @Override
  public String help() {
    return "QAT: learned step sizes of weights and activations";
  }

  @Override
  public Kind kind() {
    return Kind.QUANTISATION_AWARE;
  }

  @Override
  public OperandQuantizer weight(Operand operand, QuantizerParameters parameters) {
    return new LsqScale(operand, parameters);
  }

  @Override
  public OperandQuantizer activation(Operand operand, QuantizerParameters parameters) {
    return new LsqScale(operand, parameters);
  }
}

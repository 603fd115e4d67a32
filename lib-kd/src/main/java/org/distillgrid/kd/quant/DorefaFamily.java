package org.distillgrid.kd.quant;

/**
 * DoReFa-Net's quantisers: {@code dorefa}. See {@link DorefaWeight} and {@link DorefaActivation}
 * for the rules and their source.
 */
public final class DorefaFamily implements QuantizerFamily {
  @Override
  public String name() {
    return "dorefa";
  }

  @Override
  public String help() {
    return "QAT: weights through tanh onto an even grid, activations clipped to a fixed range";
  }

  @Override
  public Kind kind() {
    return Kind.QUANTISATION_AWARE;
  }

  @Override
  public OperandQuantizer weight(Operand operand, QuantizerParameters parameters) {
    return new DorefaWeight(operand);
  }

  @Override
  public OperandQuantizer activation(Operand operand, QuantizerParameters parameters) {
    return new DorefaActivation(operand, parameters);
  }
}

package org.distillgrid.kd.quant.rule;

import org.distillgrid.kd.quant.Operand;
import org.distillgrid.kd.quant.OperandQuantizer;
import org.distillgrid.kd.quant.QuantizerFamily;
import org.distillgrid.kd.quant.QuantizerParameters;
import org.distillgrid.kd.registry.OptionValues;

/**
 * DoReFa-Net's quantisers: {@code dorefa}. See {@link DorefaWeight} and {@link DorefaActivation}
 * for the rules and their source.
 */
public final class Dorefa implements QuantizerFamily {
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
    return Kind.QUANTIZATION_AWARE;
  }

  @Override
  public OperandQuantizer weight(
      Operand operand, OptionValues values, QuantizerParameters parameters) {
    return new DorefaWeight(operand);
  }

  @Override
  public OperandQuantizer activation(
      Operand operand, OptionValues values, QuantizerParameters parameters) {
    return new DorefaActivation(operand, parameters);
  }
}

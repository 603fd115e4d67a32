package org.distillgrid.kd.quant.rule;

import java.util.List;
import org.distillgrid.kd.quant.Operand;
import org.distillgrid.kd.quant.OperandQuantizer;
import org.distillgrid.kd.quant.QuantizerFamily;
import org.distillgrid.kd.quant.QuantizerParameters;
import org.distillgrid.kd.registry.OptionValues;
import org.distillgrid.kd.registry.ValueOption;

/**
 * Parameterised max scale: {@code pams}. See {@link PamsActivation} for the rule and its source;
 * weights have the fixed range of {@link MaxScaledWeight}.
 */
public final class Pams implements QuantizerFamily {
  private static final String DECAY = "decay";

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
  public List<ValueOption> options() {
    return List.of(
        ScaleRate.option("clips learn (known)", 0.01),
        ValueOption.number(
            DECAY, "of the moving average that the first clip is; known", 0.9997, 0, 1),
        RangedParameter.option("clips"));
  }

  @Override
  public double rateFactor(OptionValues values) {
    return ScaleRate.factor(values);
  }

  @Override
  public OperandQuantizer weight(
      Operand operand, OptionValues values, QuantizerParameters parameters) {
    return new MaxScaledWeight(operand);
  }

  @Override
  public OperandQuantizer activation(
      Operand operand, OptionValues values, QuantizerParameters parameters) {
    return new PamsActivation(
        operand, values.number(DECAY), RangedParameter.of(values), parameters);
  }
}

package org.distillgrid.kd.quant.rule;

import java.util.List;
import org.distillgrid.kd.quant.Operand;
import org.distillgrid.kd.quant.OperandQuantizer;
import org.distillgrid.kd.quant.QuantizerFamily;
import org.distillgrid.kd.quant.QuantizerParameters;
import org.distillgrid.kd.registry.OptionValues;
import org.distillgrid.kd.registry.ValueOption;

/** Learned step sizes: {@code lsq}. See {@link LsqScale} for the rule and its source. */
public final class Lsq implements QuantizerFamily {
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
    return Kind.QUANTIZATION_AWARE;
  }

  @Override
  public List<ValueOption> options() {
    return List.of(ScaleRate.option("steps learn (known)", 1e-4), RangedParameter.option("steps"));
  }

  @Override
  public double rateFactor(OptionValues values) {
    return ScaleRate.factor(values);
  }

  @Override
  public OperandQuantizer weight(
      Operand operand, OptionValues values, QuantizerParameters parameters) {
    return new LsqScale(operand, parameters);
  }

  @Override
  public OperandQuantizer activation(
      Operand operand, OptionValues values, QuantizerParameters parameters) {
    return new LsqScale(operand, RangedParameter.of(values), parameters);
  }
}

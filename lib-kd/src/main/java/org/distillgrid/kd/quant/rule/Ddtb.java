package org.distillgrid.kd.quant.rule;

import java.util.List;
import org.distillgrid.kd.quant.Operand;
import org.distillgrid.kd.quant.OperandQuantizer;
import org.distillgrid.kd.quant.QuantizerFamily;
import org.distillgrid.kd.quant.QuantizerParameters;
import org.distillgrid.kd.registry.OptionValues;
import org.distillgrid.kd.registry.ValueOption;

/** Dual trainable bounds: {@code ddtb}. See {@link DualBounds} for the rule and its source. */
public final class Ddtb implements QuantizerFamily {
  private static final String PERCENTILE = "percentile";

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
  public List<ValueOption> options() {
    return List.of(
        ScaleRate.option("bounds learn (known)", 0.01),
        PercentileBounds.option(PERCENTILE, "first bounds; known", 1),
        RangedParameter.option("bounds"));
  }

  @Override
  public double rateFactor(OptionValues values) {
    return ScaleRate.factor(values);
  }

  @Override
  public OperandQuantizer weight(
      Operand operand, OptionValues values, QuantizerParameters parameters) {
    return bounds(operand, values, 1, parameters);
  }

  @Override
  public OperandQuantizer activation(
      Operand operand, OptionValues values, QuantizerParameters parameters) {
    return bounds(operand, values, RangedParameter.of(values), parameters);
  }

  private static OperandQuantizer bounds(
      Operand operand, OptionValues values, double unit, QuantizerParameters parameters) {
    return new DualBounds(
        operand, PercentileBounds.of(operand, values, PERCENTILE), unit, parameters);
  }
}

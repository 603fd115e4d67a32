package org.example;

import java.util.List;
import org.distillgrid.kd.quant.CalibratedGrid;
import org.distillgrid.kd.quant.Operand;
import org.distillgrid.kd.quant.OperandQuantizer;
import org.distillgrid.kd.quant.QuantizerFamily;
import org.distillgrid.kd.quant.QuantizerParameters;
import org.distillgrid.kd.registry.OptionValues;
import org.distillgrid.kd.registry.ValueOption;

/**
 * A quantiser as a jar of one's own has it: ranges of some root mean squares around zero, those of
 * weights followed as they train, those of activations fixed by calibration.
 */
public final class Spread implements QuantizerFamily {
  private static final String WIDTH = "width";

  @Override
  public String name() {
    return "spread";
  }

  @Override
  public String help() {
    return "QAT: ranges of some root mean squares around zero";
  }

  @Override
  public Kind kind() {
    return Kind.QUANTIZATION_AWARE;
  }

  @Override
  public List<ValueOption> options() {
    return List.of(
        ValueOption.number(WIDTH, "root mean squares from zero to the range's end", 3, 0.1, 10));
  }

  @Override
  public OperandQuantizer weight(
      Operand operand, OptionValues values, QuantizerParameters parameters) {
    return new SpreadWeight(operand, values.number(WIDTH));
  }

  @Override
  public OperandQuantizer activation(
      Operand operand, OptionValues values, QuantizerParameters parameters) {
    return new CalibratedGrid(operand, new SpreadBounds(values.number(WIDTH)), parameters);
  }
}

package org.distillgrid.kd.quant.rule;

import java.util.List;
import org.distillgrid.kd.quant.CalibratedGrid;
import org.distillgrid.kd.quant.Operand;
import org.distillgrid.kd.quant.OperandQuantizer;
import org.distillgrid.kd.quant.QuantizerFamily;
import org.distillgrid.kd.quant.QuantizerParameters;
import org.distillgrid.kd.registry.OptionValues;
import org.distillgrid.kd.registry.ValueOption;

/**
 * Post-training quantisation with bounds searched for the least squared error: {@code dobi}, the
 * first stage of 2DQuant. See {@link SearchedBounds} for the rule and its source.
 */
public final class Dobi implements QuantizerFamily {
  @Override
  public String name() {
    return "dobi";
  }

  @Override
  public String help() {
    return "PTQ: bounds searched for the least squared error";
  }

  @Override
  public Kind kind() {
    return Kind.POST_TRAINING;
  }

  @Override
  public Ranges ranges() {
    return Ranges.SELECTABLE;
  }

  @Override
  public List<ValueOption> options() {
    return List.of(SearchedBounds.option());
  }

  @Override
  public OperandQuantizer weight(
      Operand operand, OptionValues values, QuantizerParameters parameters) {
    return new CalibratedGrid(operand, SearchedBounds.of(operand, values), parameters);
  }

  @Override
  public OperandQuantizer activation(
      Operand operand, OptionValues values, QuantizerParameters parameters) {
    return new CalibratedGrid(operand, SearchedBounds.of(operand, values), parameters);
  }
}

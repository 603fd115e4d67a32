package org.distillgrid.kd.quant.rule;

import org.distillgrid.kd.quant.CalibratedGrid;
import org.distillgrid.kd.quant.Operand;
import org.distillgrid.kd.quant.OperandQuantizer;
import org.distillgrid.kd.quant.QuantizerFamily;
import org.distillgrid.kd.quant.QuantizerParameters;
import org.distillgrid.kd.registry.OptionValues;

/**
 * Post-training quantisation with ranges from the least to the greatest value: {@code minmax}. See
 * {@link CalibratedGrid} for the grid.
 */
public final class MinMax implements QuantizerFamily {
  @Override
  public String name() {
    return "minmax";
  }

  @Override
  public String help() {
    return "PTQ: ranges from the least and greatest value of the calibration batches";
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
  public OperandQuantizer weight(
      Operand operand, OptionValues values, QuantizerParameters parameters) {
    return new CalibratedGrid(operand, new ExtremeBounds(operand), parameters);
  }

  @Override
  public OperandQuantizer activation(
      Operand operand, OptionValues values, QuantizerParameters parameters) {
    return new CalibratedGrid(operand, new ExtremeBounds(operand), parameters);
  }
}

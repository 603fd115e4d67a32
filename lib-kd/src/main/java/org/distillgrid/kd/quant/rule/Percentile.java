package org.distillgrid.kd.quant.rule;

import org.distillgrid.kd.quant.CalibratedGrid;
import org.distillgrid.kd.quant.Operand;
import org.distillgrid.kd.quant.OperandQuantizer;
import org.distillgrid.kd.quant.QuantizerFamily;
import org.distillgrid.kd.quant.QuantizerParameters;

/**
 * Post-training quantisation with ranges between percentiles, so that outliers do not stretch the
 * grid: {@code percentile}. Weights from the 1st to the 99th, activations from the 0.1th to the
 * 99.9th. See {@link CalibratedGrid} for the grid.
 */
public final class Percentile implements QuantizerFamily {
  private static final double WEIGHT_TAIL = 0.01;
  private static final double ACTIVATION_TAIL = 0.001;

  @Override
  public String name() {
    return "percentile";
  }

  @Override
  public String help() {
    return "PTQ: ranges between percentiles 1 and 99 of weights, 0.1 and 99.9 of activations";
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
  public OperandQuantizer weight(Operand operand, QuantizerParameters parameters) {
    return new CalibratedGrid(operand, new PercentileBounds(operand, WEIGHT_TAIL), parameters);
  }

  @Override
  public OperandQuantizer activation(Operand operand, QuantizerParameters parameters) {
    return new CalibratedGrid(operand, new PercentileBounds(operand, ACTIVATION_TAIL), parameters);
  }
}

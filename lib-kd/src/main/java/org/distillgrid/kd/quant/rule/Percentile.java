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
 * Post-training quantisation with ranges between percentiles, so that outliers do not stretch the
 * grid: {@code percentile}. Weights from the 1st to the 99th, activations from the 0.1th to the
 * 99.9th unless the name says otherwise. See {@link CalibratedGrid} for the grid.
 */
public final class Percentile implements QuantizerFamily {
  private static final String WEIGHT = "weight";
  private static final String ACTIVATION = "activation";

  @Override
  public String name() {
    return "percentile";
  }

  @Override
  public String help() {
    return "PTQ: ranges between percentiles, so that outliers do not stretch the grid";
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
    return List.of(
        PercentileBounds.option(WEIGHT, "weights; known", 1),
        PercentileBounds.option(ACTIVATION, "activations; reconstructed", 0.1));
  }

  @Override
  public OperandQuantizer weight(
      Operand operand, OptionValues values, QuantizerParameters parameters) {
    return new CalibratedGrid(operand, PercentileBounds.of(operand, values, WEIGHT), parameters);
  }

  @Override
  public OperandQuantizer activation(
      Operand operand, OptionValues values, QuantizerParameters parameters) {
    return new CalibratedGrid(
        operand, PercentileBounds.of(operand, values, ACTIVATION), parameters);
  }
}

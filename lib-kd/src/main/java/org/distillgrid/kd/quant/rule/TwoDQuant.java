package org.distillgrid.kd.quant.rule;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import java.util.List;
import org.distillgrid.kd.quant.Operand;
import org.distillgrid.kd.quant.OperandQuantizer;
import org.distillgrid.kd.quant.QuantizedNetwork;
import org.distillgrid.kd.quant.QuantizerFamily;
import org.distillgrid.kd.quant.QuantizerParameters;
import org.distillgrid.kd.registry.OptionValues;
import org.distillgrid.kd.registry.ValueOption;

/**
 * Post-training quantisation in two stages: bounds searched for the least squared error, then tuned
 * on the calibration batches until the outputs and features come close to those of full precision:
 * {@code 2dquant}. The weights stay as they are. See {@link TunedBounds} for the rule and its
 * source.
 */
public final class TwoDQuant implements QuantizerFamily {
  private static final String STEPS = "steps";
  private static final String RATE = "rate";
  private static final String FEATURES = "features";

  @Override
  public String name() {
    return "2dquant";
  }

  @Override
  public String help() {
    return "PTQ: dobi, then bounds tuned towards full-precision outputs and features";
  }

  @Override
  public Kind kind() {
    return Kind.POST_TRAINING;
  }

  @Override
  public void tune(
      QuantizedNetwork network, OptionValues values, List<NDArray> batches, NDManager manager) {
    BoundsTuning tuning =
        new BoundsTuning(values.whole(STEPS), values.number(RATE), values.number(FEATURES));
    tuning.run(network, batches, manager);
  }

  @Override
  public List<ValueOption> options() {
    return List.of(
        SearchedBounds.option(),
        ValueOption.whole(
            STEPS, "of the tuning; reconstructed, 3000 in the paper", 200, 0, 1_000_000),
        ValueOption.number(RATE, "of the tuning at its first step; known", 0.01, 0, 1),
        ValueOption.number(FEATURES, "weight of the features' difference; known", 5, 0, 1e6),
        RangedParameter.option("bounds"));
  }

  @Override
  public OperandQuantizer weight(
      Operand operand, OptionValues values, QuantizerParameters parameters) {
    return new TunedBounds(operand, SearchedBounds.of(operand, values), 1, parameters);
  }

  @Override
  public OperandQuantizer activation(
      Operand operand, OptionValues values, QuantizerParameters parameters) {
    return new TunedBounds(
        operand, SearchedBounds.of(operand, values), RangedParameter.of(values), parameters);
  }
}

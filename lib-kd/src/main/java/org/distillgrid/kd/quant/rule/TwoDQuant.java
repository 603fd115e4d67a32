package org.distillgrid.kd.quant.rule;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import java.util.List;
import org.distillgrid.kd.quant.Operand;
import org.distillgrid.kd.quant.OperandQuantizer;
import org.distillgrid.kd.quant.QuantizedNetwork;
import org.distillgrid.kd.quant.QuantizerFamily;
import org.distillgrid.kd.quant.QuantizerParameters;

/**
 * Post-training quantisation in two stages: bounds searched for the least squared error, then tuned
 * on the calibration batches until the outputs and features come close to those of full precision:
 * {@code 2dquant}. The weights stay as they are. See {@link TunedBounds} for the rule and its
 * source.
 */
public final class TwoDQuant implements QuantizerFamily {
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
  public void tune(QuantizedNetwork network, List<NDArray> batches, NDManager manager) {
    BoundsTuning.run(network, batches, manager);
  }

  @Override
  public OperandQuantizer weight(Operand operand, QuantizerParameters parameters) {
    return new TunedBounds(operand, parameters);
  }

  @Override
  public OperandQuantizer activation(Operand operand, QuantizerParameters parameters) {
    return new TunedBounds(operand, parameters);
  }
}

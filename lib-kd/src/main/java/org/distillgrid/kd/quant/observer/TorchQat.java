package org.distillgrid.kd.quant.observer;

import java.util.List;
import org.distillgrid.kd.quant.Operand;
import org.distillgrid.kd.quant.OperandQuantizer;
import org.distillgrid.kd.quant.QuantizerFamily;
import org.distillgrid.kd.quant.QuantizerParameters;
import org.distillgrid.kd.registry.OptionValues;
import org.distillgrid.kd.registry.ValueOption;

/**
 * PyTorch's quantisation-aware training: {@code torchqat}. Ranges of activations are moving
 * averages of least and greatest values that go on through the training, weights have the range of
 * their greatest magnitude at every step; no range is learned. Source: {@code FakeQuantize} as in
 * {@code get_default_qat_qconfig} of PyTorch 1.13 (known).
 */
public final class TorchQat implements QuantizerFamily {
  private static final String FREEZE = "freeze";

  @Override
  public String name() {
    return "torchqat";
  }

  @Override
  public String help() {
    return "QAT: PyTorch's, moving ranges of activations, weights by their greatest magnitude";
  }

  @Override
  public Kind kind() {
    return Kind.QUANTIZATION_AWARE;
  }

  @Override
  public List<ValueOption> options() {
    return List.of(
        TorchOptions.average(),
        ValueOption.number(
            FREEZE,
            "share of the steps after which ranges of activations stay as they are, as tutorials do"
                + " late in a training; reconstructed: never",
            1,
            0,
            1),
        TorchOptions.reduceRange(),
        TorchOptions.weights());
  }

  @Override
  public double followedShare(OptionValues values) {
    return values.number(FREEZE);
  }

  @Override
  public OperandQuantizer weight(
      Operand operand, OptionValues values, QuantizerParameters parameters) {
    return new FreshGrid(operand, TorchOptions.weight(operand, values));
  }

  @Override
  public OperandQuantizer activation(
      Operand operand, OptionValues values, QuantizerParameters parameters) {
    FakeQuantizer fake = TorchOptions.activation(operand, values);
    return new MovingGrid(operand, TorchOptions.average(values), fake, parameters);
  }
}

package org.distillgrid.kd.quant.observer;

import java.util.List;
import org.distillgrid.kd.quant.BoundsRule;
import org.distillgrid.kd.quant.Operand;
import org.distillgrid.kd.quant.OperandQuantizer;
import org.distillgrid.kd.quant.QuantizerFamily;
import org.distillgrid.kd.quant.QuantizerParameters;
import org.distillgrid.kd.quant.rule.ExtremeBounds;
import org.distillgrid.kd.registry.OptionValues;
import org.distillgrid.kd.registry.ValueOption;

/**
 * PyTorch's post-training quantisation: {@code torchptq}. Activations affine per tensor with the
 * range of an observer, weights symmetric per output channel with their greatest magnitude. Source:
 * {@code get_default_qconfig} of PyTorch 1.13 (known).
 */
public final class TorchPtq implements QuantizerFamily {
  private static final String OBSERVER = "observer";

  /** What finds the range of activations. */
  enum Observer {
    /** See {@link HistogramBounds}. */
    HISTOGRAM,
    /** Least and greatest value of all batches. */
    MINMAX,
    /** See {@link MovingBounds}. */
    MOVING
  }

  @Override
  public String name() {
    return "torchptq";
  }

  @Override
  public String help() {
    return "PTQ: PyTorch's, affine activations by an observer, symmetric weights per channel";
  }

  @Override
  public Kind kind() {
    return Kind.POST_TRAINING;
  }

  @Override
  public List<ValueOption> options() {
    return List.of(
        ValueOption.choice(
            OBSERVER,
            "finds the range of activations: histogram, PyTorch's default (known), minmax or"
                + " moving",
            Observer.class),
        TorchOptions.average(),
        TorchOptions.reduceRange(),
        TorchOptions.weights());
  }

  @Override
  public OperandQuantizer weight(
      Operand operand, OptionValues values, QuantizerParameters parameters) {
    FakeQuantizer fake = TorchOptions.weight(operand, values);
    return new ObservedGrid(operand, new ExtremeBounds(operand), fake, parameters);
  }

  @Override
  public OperandQuantizer activation(
      Operand operand, OptionValues values, QuantizerParameters parameters) {
    FakeQuantizer fake = TorchOptions.activation(operand, values);
    return new ObservedGrid(operand, observer(operand, values), fake, parameters);
  }

  private static BoundsRule observer(Operand operand, OptionValues values) {
    return switch (values.choice(OBSERVER, Observer.class)) {
      case HISTOGRAM -> new HistogramBounds();
      case MINMAX -> new ExtremeBounds(operand);
      case MOVING -> MovingBounds.of(operand, TorchOptions.average(values));
    };
  }
}

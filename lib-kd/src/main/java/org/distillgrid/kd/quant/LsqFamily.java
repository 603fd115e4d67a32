package org.distillgrid.kd.quant;

import ai.djl.ndarray.types.Shape;
import org.distillgrid.kd.nn.WeightedLayer;

/** Learned step sizes: {@code lsq}. See {@link LsqScale} for the rule and its source. */
public final class LsqFamily implements QuantizerFamily {
  @Override
  public String name() {
    return "lsq";
  }

  @Override
  public String help() {
    return "QAT: learned step sizes, per output channel for weights, per tensor for activations";
  }

  @Override
  public Kind kind() {
    return Kind.QUANTISATION_AWARE;
  }

  @Override
  public OperandQuantizer weight(WeightedLayer layer, int bits, QuantizerParameters parameters) {
    Shape perChannel = LayerShapes.perOutputChannel(layer);
    return new LsqScale(
        parameters.learn(layer.name() + ".weight_scale", perChannel), Range.signed(bits));
  }

  @Override
  public OperandQuantizer input(WeightedLayer layer, int bits, QuantizerParameters parameters) {
    return new LsqScale(
        parameters.learn(layer.name() + ".input_scale", new Shape(1)),
        Range.of(layer.inputRange(), bits));
  }
}

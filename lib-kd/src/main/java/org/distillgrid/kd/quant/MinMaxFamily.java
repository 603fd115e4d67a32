package org.distillgrid.kd.quant;

import ai.djl.ndarray.types.Shape;
import org.distillgrid.kd.nn.WeightedLayer;

/**
 * Post-training quantisation with affine min/max ranges: {@code minmax}. See {@link AffineScale}
 * for the rule.
 */
public final class MinMaxFamily implements QuantizerFamily {
  @Override
  public String name() {
    return "minmax";
  }

  @Override
  public String help() {
    return "PTQ: affine ranges from the least and greatest value of the calibration batches";
  }

  @Override
  public Kind kind() {
    return Kind.POST_TRAINING;
  }

  @Override
  public OperandQuantizer weight(WeightedLayer layer, int bits, QuantizerParameters parameters) {
    Shape perChannel = LayerShapes.perOutputChannel(layer);
    return new AffineScale(layer.name() + ".weight", perChannel, bits, parameters);
  }

  @Override
  public OperandQuantizer input(WeightedLayer layer, int bits, QuantizerParameters parameters) {
    return new AffineScale(layer.name() + ".input", new Shape(1), bits, parameters);
  }
}

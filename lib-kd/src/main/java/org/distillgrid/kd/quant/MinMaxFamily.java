package org.distillgrid.kd.quant;

import org.distillgrid.kd.nn.WeightedLayer;

/** Post-training quantisation with affine min/max ranges: {@code minmax}. */
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
  public LayerQuantizer quantizer(WeightedLayer layer, Bits bits, QuantizerParameters parameters) {
    return new MinMaxQuantizer(layer, bits, parameters);
  }
}

package org.distillgrid.kd.quant;

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
  public LayerQuantizer quantizer(WeightedLayer layer, Bits bits, QuantizerParameters parameters) {
    return new LsqQuantizer(layer, bits, parameters);
  }
}

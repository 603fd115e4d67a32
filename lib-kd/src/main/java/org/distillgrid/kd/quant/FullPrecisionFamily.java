package org.distillgrid.kd.quant;

import org.distillgrid.kd.nn.WeightedLayer;

/** No quantisation at all: {@code fp}. */
public final class FullPrecisionFamily implements QuantizerFamily {
  @Override
  public String name() {
    return "fp";
  }

  @Override
  public String help() {
    return "none: full precision";
  }

  @Override
  public Kind kind() {
    return Kind.FULL_PRECISION;
  }

  @Override
  public OperandQuantizer weight(WeightedLayer layer, int bits, QuantizerParameters parameters) {
    throw new IllegalStateException("Full precision has no quantisers: " + layer.name());
  }

  @Override
  public OperandQuantizer input(WeightedLayer layer, int bits, QuantizerParameters parameters) {
    throw new IllegalStateException("Full precision has no quantisers: " + layer.name());
  }
}

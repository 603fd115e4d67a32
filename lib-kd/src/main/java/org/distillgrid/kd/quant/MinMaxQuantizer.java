package org.distillgrid.kd.quant;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import org.distillgrid.kd.nn.WeightedLayer;

/** Affine ranges from the least and the greatest value that calibration saw. */
final class MinMaxQuantizer implements LayerQuantizer {
  private final Bits bits;
  private final AffineScale weightScale;
  private final AffineScale inputScale;
  private float least = Float.POSITIVE_INFINITY;
  private float most = Float.NEGATIVE_INFINITY;

  MinMaxQuantizer(WeightedLayer layer, Bits bits, QuantizerParameters parameters) {
    this.bits = bits;
    this.weightScale =
        new AffineScale(
            layer.name() + ".weight",
            LayerShapes.perOutputChannel(layer.weight()),
            bits.weight(),
            parameters);
    this.inputScale =
        new AffineScale(layer.name() + ".input", new Shape(1), bits.activation(), parameters);
  }

  @Override
  public void observe(NDArray input) {
    least = Math.min(least, input.min().getFloat());
    most = Math.max(most, input.max().getFloat());
  }

  @Override
  public void fix(NDArray weight) {
    NDManager scratch = weight.getManager();
    if (bits.weight() != Bits.FULL_WIDTH) {
      NDArray rows = LayerShapes.rows(weight);
      weightScale.cover(rows.min(new int[] {1}), rows.max(new int[] {1}));
    }
    if (bits.activation() != Bits.FULL_WIDTH) {
      inputScale.cover(scratch.create(least), scratch.create(most));
    }
  }

  @Override
  public NDArray input(NDArray input) {
    if (bits.activation() == Bits.FULL_WIDTH) {
      return input;
    }
    return inputScale.quantize(input);
  }

  @Override
  public NDArray weight(NDArray weight) {
    if (bits.weight() == Bits.FULL_WIDTH) {
      return weight;
    }
    return weightScale.quantize(weight);
  }
}

package org.distillgrid.kd.quant;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import org.distillgrid.kd.nn.WeightedLayer;

/** LSQ on one layer: a step size per output channel for the weight, one for the input. */
final class LsqQuantizer implements LayerQuantizer {
  private final Bits bits;
  private final LsqScale weightScale;
  private final LsqScale inputScale;
  private double sumOfMeans;
  private int batches;

  LsqQuantizer(WeightedLayer layer, Bits bits, QuantizerParameters parameters) {
    this.bits = bits;
    Shape perChannel = LayerShapes.perOutputChannel(layer.weight());
    this.weightScale =
        new LsqScale(
            parameters.learn(layer.name() + ".weight_scale", perChannel),
            Range.signed(bits.weight()));
    this.inputScale =
        new LsqScale(
            parameters.learn(layer.name() + ".input_scale", new Shape(1)),
            Range.of(layer.inputRange(), bits.activation()));
  }

  @Override
  public void observe(NDArray input) {
    sumOfMeans += input.abs().mean().getFloat();
    batches++;
  }

  @Override
  public void fix(NDArray weight) {
    if (bits.weight() != Bits.FULL_WIDTH) {
      weightScale.start(LayerShapes.rows(weight).abs().mean(new int[] {1}));
    }
    if (bits.activation() != Bits.FULL_WIDTH) {
      inputScale.start(weight.getManager().create((float) (sumOfMeans / batches)));
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

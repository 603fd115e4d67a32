package org.distillgrid.kd.quant;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.util.Optional;
import org.distillgrid.kd.nn.HostValues;
import org.distillgrid.kd.nn.InputRange;
import org.distillgrid.kd.nn.MatrixProduct;
import org.distillgrid.kd.nn.Multiplication;
import org.distillgrid.kd.nn.OperandTransform;
import org.distillgrid.kd.nn.WeightedLayer;

/**
 * The quantisers of the operands of one multiplication.
 *
 * @param weight of a layer's weight, or of the right operand of a product of activations; absent
 *     where it stays at full precision
 * @param input of a layer's input, or of the left operand; absent likewise
 */
record LayerQuantizers(Optional<OperandQuantizer> weight, Optional<OperandQuantizer> input)
    implements OperandTransform {

  static LayerQuantizers of(
      Multiplication multiplication,
      QuantizerSetting setting,
      Bits bits,
      QuantizerParameters parameters) {
    if (multiplication instanceof WeightedLayer layer) {
      return layer(layer, setting, bits, parameters);
    }
    return product((MatrixProduct) multiplication, setting, bits, parameters);
  }

  private static LayerQuantizers layer(
      WeightedLayer layer, QuantizerSetting setting, Bits bits, QuantizerParameters parameters) {
    Optional<OperandQuantizer> weight = Optional.empty();
    if (bits.weight() != Bits.FULL_WIDTH) {
      Operand operand = setting.weight(layer, bits.weight());
      weight = Optional.of(setting.family().weight(operand, setting.values(), parameters));
    }
    Optional<OperandQuantizer> input =
        activation(layer, "input", layer.inputRange(), setting, bits, parameters);
    return new LayerQuantizers(weight, input);
  }

  private static LayerQuantizers product(
      MatrixProduct product, QuantizerSetting setting, Bits bits, QuantizerParameters parameters) {
    Optional<OperandQuantizer> left =
        activation(product, "left", product.leftRange(), setting, bits, parameters);
    Optional<OperandQuantizer> right =
        activation(product, "right", InputRange.SIGNED, setting, bits, parameters);
    return new LayerQuantizers(right, left);
  }

  private static Optional<OperandQuantizer> activation(
      Multiplication multiplication,
      String part,
      InputRange range,
      QuantizerSetting setting,
      Bits bits,
      QuantizerParameters parameters) {
    if (bits.activation() == Bits.FULL_WIDTH) {
      return Optional.empty();
    }
    Operand operand = setting.activation(multiplication, part, range, bits.activation());
    return Optional.of(setting.family().activation(operand, setting.values(), parameters));
  }

  /** Returns what lets a multiplication run at full precision while its operands are observed. */
  OperandTransform observing(Multiplication multiplication) {
    if (multiplication instanceof WeightedLayer) {
      return new Observing(input, Optional.empty());
    }
    return new Observing(input, weight);
  }

  /** Returns what lets ranges follow the operands of a pass, and quantises them. */
  OperandTransform following() {
    return new Following(this);
  }

  /** Sets all scales from what was observed and, of a layer, from its weight. */
  void fix(Optional<NDArray> layerWeight) {
    layerWeight.ifPresent(values -> weight.ifPresent(quantizer -> quantizer.observe(values)));
    weight.ifPresent(OperandQuantizer::fix);
    input.ifPresent(OperandQuantizer::fix);
  }

  /** Returns the grids of both operands, and of a layer what becomes of its weight. */
  OperandGrids grids(Optional<NDArray> layerWeight, NDManager scratch) {
    NDArray any = scratch.zeros(new Shape(1));
    NDArray right = layerWeight.orElse(any);
    return new OperandGrids(
        weight.map(quantizer -> quantizer.grid(right)),
        layerWeight.flatMap(w -> weight.map(quantizer -> HostValues.of(quantizer.quantize(w)))),
        input.map(quantizer -> quantizer.grid(any)));
  }

  @Override
  public NDArray input(NDArray operand) {
    return input.map(quantizer -> quantizer.quantize(operand)).orElse(operand);
  }

  @Override
  public NDArray weight(NDArray operand) {
    return weight.map(quantizer -> quantizer.quantize(operand)).orElse(operand);
  }

  private record Following(LayerQuantizers quantizers) implements OperandTransform {
    @Override
    public NDArray input(NDArray operand) {
      quantizers.input.ifPresent(quantizer -> quantizer.follow(operand));
      return quantizers.input(operand);
    }

    @Override
    public NDArray weight(NDArray operand) {
      quantizers.weight.ifPresent(quantizer -> quantizer.follow(operand));
      return quantizers.weight(operand);
    }
  }

  private record Observing(Optional<OperandQuantizer> left, Optional<OperandQuantizer> right)
      implements OperandTransform {
    @Override
    public NDArray input(NDArray input) {
      left.ifPresent(observer -> observer.observe(input));
      return input;
    }

    @Override
    public NDArray weight(NDArray weight) {
      right.ifPresent(observer -> observer.observe(weight));
      return weight;
    }
  }
}

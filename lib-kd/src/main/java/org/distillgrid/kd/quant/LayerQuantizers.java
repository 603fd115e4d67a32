package org.distillgrid.kd.quant;

import ai.djl.ndarray.NDArray;
import java.util.Optional;
import org.distillgrid.kd.nn.OperandTransform;
import org.distillgrid.kd.nn.WeightedLayer;

/**
 * The quantisers of one layer's operands.
 *
 * @param weight absent where weights stay at full precision
 * @param input absent where activations stay at full precision
 */
record LayerQuantizers(Optional<OperandQuantizer> weight, Optional<OperandQuantizer> input)
    implements OperandTransform {

  static LayerQuantizers of(
      WeightedLayer layer, QuantizerFamily family, Bits bits, QuantizerParameters parameters) {
    Optional<OperandQuantizer> weight = Optional.empty();
    if (bits.weight() != Bits.FULL_WIDTH) {
      weight = Optional.of(family.weight(layer, bits.weight(), parameters));
    }
    Optional<OperandQuantizer> input = Optional.empty();
    if (bits.activation() != Bits.FULL_WIDTH) {
      input = Optional.of(family.input(layer, bits.activation(), parameters));
    }
    return new LayerQuantizers(weight, input);
  }

  /** Returns what lets a layer run at full precision while its input is observed. */
  OperandTransform observing() {
    return new Observing(input);
  }

  /** Sets all scales from the observed inputs and from the weight. */
  void fix(NDArray layerWeight) {
    weight.ifPresent(quantizer -> quantizer.observe(layerWeight));
    weight.ifPresent(OperandQuantizer::fix);
    input.ifPresent(OperandQuantizer::fix);
  }

  @Override
  public NDArray input(NDArray operand) {
    return input.map(quantizer -> quantizer.quantize(operand)).orElse(operand);
  }

  @Override
  public NDArray weight(NDArray operand) {
    return weight.map(quantizer -> quantizer.quantize(operand)).orElse(operand);
  }

  private record Observing(Optional<OperandQuantizer> quantizer) implements OperandTransform {
    @Override
    public NDArray input(NDArray input) {
      quantizer.ifPresent(observer -> observer.observe(input));
      return input;
    }

    @Override
    public NDArray weight(NDArray weight) {
      return weight;
    }
  }
}

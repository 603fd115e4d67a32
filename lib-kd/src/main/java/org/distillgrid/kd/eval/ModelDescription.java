package org.distillgrid.kd.eval;

import ai.djl.ndarray.NDManager;
import java.util.List;
import org.distillgrid.kd.model.LayerCost;
import org.distillgrid.kd.model.ModelTarget;
import org.distillgrid.kd.model.Network;
import org.distillgrid.kd.model.NetworkCost;
import org.distillgrid.kd.model.ReceptiveField;
import org.distillgrid.kd.nn.Multiplication;
import org.distillgrid.kd.quant.Bits;
import org.distillgrid.kd.quant.PackedSize;
import org.distillgrid.kd.quant.QuantizerSetting;
import org.distillgrid.kd.random.Draws;

/**
 * What a network is made of and what it takes at given bit-widths.
 *
 * @param name its name with every option
 * @param inputHeight rows of the input that costs are given for
 * @param inputWidth its columns
 * @param layers in the order in which they run
 * @param parameters all weights and biases, those outside layers included
 * @param packedBytes its size at the bits: packed weights, scales, and what stays full precision
 * @param field how much of the input an output pixel depends on
 */
public record ModelDescription(
    String name,
    int inputHeight,
    int inputWidth,
    List<Layer> layers,
    long parameters,
    long packedBytes,
    ReceptiveField field) {

  /**
   * One layer.
   *
   * @param cost its shapes, parameters and multiplications
   * @param bits the bit-widths at which it multiplies
   */
  public record Layer(LayerCost cost, Bits bits) {
    /** Returns multiplications times both bit-widths. */
    public long bitOperations() {
      return cost.macs() * bits.weight() * bits.activation();
    }
  }

  /** Takes an unmodifiable copy of the layers. */
  public ModelDescription {
    layers = List.copyOf(layers);
  }

  /**
   * Describes a network without weights.
   *
   * @param model its name, for instance {@code edsr-c64-b16}
   * @param setting the quantiser whose scales count
   * @param bits the bit-widths of the layers that it is put into
   * @param outputHeight rows of the restored image
   * @param outputWidth its columns
   */
  public static ModelDescription of(
      String model,
      ModelTarget target,
      QuantizerSetting setting,
      Bits bits,
      int outputHeight,
      int outputWidth) {
    try (NDManager manager = NDManager.newBaseManager();
        Network network = Network.build(model, target, Draws.of("described"), manager)) {
      NetworkCost cost = NetworkCost.of(network, outputHeight, outputWidth);
      List<String> quantized =
          network.multiplications().stream()
              .filter(layer -> setting.covers(layer, bits))
              .map(Multiplication::name)
              .toList();
      List<Layer> layers =
          cost.layers().stream()
              .map(layer -> new Layer(layer, bits(layer, quantized, bits)))
              .toList();
      return new ModelDescription(
          network.name().canonical(),
          cost.inputHeight(),
          cost.inputWidth(),
          layers,
          network.parameters().learnedElements(),
          PackedSize.of(network.layers(), network.parameters(), setting, bits),
          ReceptiveField.of(network));
    }
  }

  /** Returns the multiplications with an addition of all layers together. */
  public long macs() {
    return layers.stream().mapToLong(layer -> layer.cost().macs()).sum();
  }

  /** Returns the multiplications times both bit-widths, all layers together. */
  public long bitOperations() {
    return layers.stream().mapToLong(Layer::bitOperations).sum();
  }

  private static Bits bits(LayerCost layer, List<String> quantized, Bits bits) {
    if (quantized.contains(layer.name())) {
      return bits;
    }
    return Bits.FULL;
  }
}

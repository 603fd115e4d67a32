package org.distillgrid.kd.quant;

import java.util.List;
import org.distillgrid.kd.nn.ParameterSet;
import org.distillgrid.kd.nn.WeightedLayer;

/**
 * The bytes that a student takes at its bits: each quantised weight packed to its width layer by
 * layer, every scale and every other number as 32 bits.
 */
public final class PackedSize {
  private static final int FLOAT_BYTES = 4;

  private PackedSize() {}

  /**
   * Returns the bytes of a network.
   *
   * @param layers its layers
   * @param parameters all its numbers, those outside layers included
   */
  public static long of(
      List<WeightedLayer> layers, ParameterSet parameters, QuantizerSetting setting, Bits bits) {
    long bytes = parameters.elements() * FLOAT_BYTES;
    for (WeightedLayer layer : layers) {
      if (setting.covers(layer, bits)) {
        QuantizerParameters scales = QuantizerParameters.empty();
        LayerQuantizers.of(layer, setting, bits, scales);
        bytes -= layer.weight().shape().size() * FLOAT_BYTES;
        bytes += packed(layer.weight().shape().size(), bits.weight());
        bytes += (scales.learned().elements() + scales.fixed().elements()) * FLOAT_BYTES;
      }
    }
    return bytes;
  }

  private static long packed(long values, int width) {
    return (values * width + Byte.SIZE - 1) / Byte.SIZE;
  }
}

package org.distillgrid.kd.quant.packed;

import java.util.Arrays;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.distillgrid.kd.error.ErrorCode;
import org.distillgrid.kd.error.GridException;
import org.distillgrid.kd.nn.WeightedLayer;
import org.distillgrid.kd.quant.UniformGrid;
import org.distillgrid.kd.weights.HostTensor;

/**
 * A quantised weight as whole numbers from 0 upwards: the value of number u in output channel c is
 * {@code (u − zero_c)·scale_c}, in 32-bit floats.
 *
 * @param shape the weight's sizes
 * @param axis which of them counts output channels
 * @param bits of one number
 * @param packed the numbers in the weight's row-major order, see {@link BitPacking}
 * @param scale one for each output channel, or one in all
 * @param zero as many
 */
record PackedWeight(long[] shape, int axis, int bits, byte[] packed, float[] scale, float[] zero) {

  /**
   * Packs a weight.
   *
   * @param values its fake-quantised values
   * @throws GridException if they do not lie on the grid, to the bit
   */
  static PackedWeight of(WeightedLayer layer, int bits, UniformGrid grid, float[] values) {
    float[] zero = grid.zero().clone();
    for (int i = 0; i < zero.length; i++) {
      zero[i] -= grid.lowest();
    }
    long[] shape = layer.weight().shape().getShape();
    PackedWeight empty =
        new PackedWeight(shape, layer.outputAxis(), bits, new byte[0], grid.scale(), zero);
    int[] numbers = new int[values.length];
    for (int i = 0; i < numbers.length; i++) {
      int channel = empty.channel(i);
      numbers[i] = grid.level(values[i], channel) - grid.lowest();
      if (numbers[i] >>> bits != 0 || !same(empty.value(numbers[i], channel), values[i])) {
        throw GridException.of(
            ErrorCode.INTERNAL,
            "Cannot pack %s: its quantiser gave a value off its own grid: %s",
            layer.weight().name(),
            values[i]);
      }
    }
    byte[] packed = BitPacking.pack(numbers, bits);
    return new PackedWeight(shape, layer.outputAxis(), bits, packed, grid.scale(), zero);
  }

  private static boolean same(float left, float right) {
    return Float.floatToIntBits(left) == Float.floatToIntBits(right);
  }

  /** Returns what cannot be read off the numbers, for instance {@code bits=4 axis=0 shape=8x3}. */
  String layout() {
    String sizes = LongStream.of(shape).mapToObj(Long::toString).collect(Collectors.joining("x"));
    return "bits=" + bits + " axis=" + axis + " shape=" + sizes;
  }

  /** Returns the fake-quantised values. */
  HostTensor values() {
    int count = Math.toIntExact(HostTensor.elements(shape));
    int[] numbers = BitPacking.unpack(packed, count, bits);
    float[] values = new float[count];
    for (int i = 0; i < count; i++) {
      values[i] = value(numbers[i], channel(i));
    }
    return new HostTensor(shape, values);
  }

  private float value(int number, int channel) {
    return (number - zero[channel]) * scale[channel];
  }

  private int channel(int place) {
    if (scale.length == 1) {
      return 0;
    }
    long inner = HostTensor.elements(Arrays.copyOfRange(shape, axis + 1, shape.length));
    return (int) (place / inner % shape[axis]);
  }
}

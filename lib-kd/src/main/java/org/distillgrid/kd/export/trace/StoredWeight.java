package org.distillgrid.kd.export.trace;

import ai.djl.ndarray.types.Shape;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.distillgrid.kd.export.onnx.Attribute;
import org.distillgrid.kd.export.onnx.ElementType;
import org.distillgrid.kd.export.onnx.Tensor;

/**
 * A weight that the file holds as integers: {@code value = (integer − zero)·scale}.
 *
 * @param name the parameter's
 * @param type of the integers
 * @param dims its sizes
 * @param axis of the output channels
 * @param integers in order
 * @param scale one, or one for each output channel
 * @param zero as many
 */
public record StoredWeight(
    String name,
    ElementType type,
    long[] dims,
    int axis,
    int[] integers,
    float[] scale,
    int[] zero) {

  /** Returns what a layer is multiplied with, as a step's result. */
  Operand.Result record(Recorder recorder) {
    long[] perScale = {};
    SortedMap<String, Attribute> attributes = new TreeMap<>();
    if (scale.length > 1) {
      perScale = new long[] {scale.length};
      attributes.put("axis", Attribute.of((long) axis));
    }
    List<Operand> operands = new ArrayList<>();
    operands.add(new Operand.Stored(Tensor.integers(name, type, dims, integers)));
    operands.add(new Operand.Stored(Tensor.floats(name + "_scale", perScale, scale)));
    if (Arrays.stream(zero).anyMatch(point -> point != 0)) {
      operands.add(new Operand.Stored(Tensor.integers(name + "_zero_point", type, perScale, zero)));
    }
    return recorder.add(this, new Shape(dims), operands, attributes);
  }

  /** Returns whether integer convolutions can read it: 8 bits, one zero point for all channels. */
  boolean hasKernel() {
    return type.bits() == Byte.SIZE && Arrays.stream(zero).allMatch(point -> point == zero[0]);
  }

  /** Returns the weight with each output channel multiplied by a factor. */
  StoredWeight times(float[] factors) {
    int[] channels = channels(dims, axis);
    float[] scaled = new float[factors.length];
    int[] zeros = new int[factors.length];
    // Scales are positive: where a factor is not, the integers are mirrored in their type.
    int mirror = 0;
    if (type == ElementType.UINT4 || type == ElementType.UINT8) {
      mirror = (1 << type.bits()) - 1;
    } else {
      mirror = -1;
    }
    for (int i = 0; i < factors.length; i++) {
      int place = Math.min(i, scale.length - 1);
      scaled[i] = Math.abs(factors[i]) * scale[place];
      zeros[i] = zero[place];
      if (factors[i] < 0) {
        zeros[i] = mirror - zeros[i];
      }
    }
    int[] mirrored = integers.clone();
    for (int i = 0; i < mirrored.length; i++) {
      if (factors[channels[i]] < 0) {
        mirrored[i] = mirror - mirrored[i];
      }
    }
    return new StoredWeight(name, type, dims, axis, mirrored, scaled, zeros);
  }

  /** Returns the weight of a linear layer the other way round. */
  StoredWeight transposed() {
    int rows = Math.toIntExact(dims[0]);
    int columns = Math.toIntExact(dims[1]);
    int[] turned = new int[integers.length];
    for (int row = 0; row < rows; row++) {
      for (int column = 0; column < columns; column++) {
        turned[column * rows + row] = integers[row * columns + column];
      }
    }
    return new StoredWeight(name, type, new long[] {columns, rows}, 1 - axis, turned, scale, zero);
  }

  /**
   * Returns the output channel of each value of a weight.
   *
   * @param dims its sizes
   * @param axis of the output channels
   */
  public static int[] channels(long[] dims, int axis) {
    long count = 1;
    long inner = 1;
    for (int i = 0; i < dims.length; i++) {
      count *= dims[i];
      if (i > axis) {
        inner *= dims[i];
      }
    }
    int[] channels = new int[Math.toIntExact(count)];
    for (int i = 0; i < channels.length; i++) {
      channels[i] = Math.toIntExact(i / inner % dims[axis]);
    }
    return channels;
  }
}

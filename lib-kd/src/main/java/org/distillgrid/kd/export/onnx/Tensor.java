package org.distillgrid.kd.export.onnx;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * A constant of a model.
 *
 * @param name its name, unlike every other value's
 * @param type of its elements
 * @param dims its sizes; none for a single number
 * @param raw its elements in order, little-endian; of two 4-bit elements the first lies low
 */
public record Tensor(String name, ElementType type, long[] dims, byte[] raw) {
  /** Returns a tensor of floating-point numbers. */
  public static Tensor floats(String name, long[] dims, float[] values) {
    byte[] raw = new byte[values.length * Float.BYTES];
    ByteBuffer buffer = over(raw);
    for (float value : values) {
      buffer.putFloat(value);
    }
    return new Tensor(name, ElementType.FLOAT, dims, raw);
  }

  /** Returns one row of lengths or places. */
  public static Tensor longs(String name, long... values) {
    byte[] raw = new byte[values.length * Long.BYTES];
    ByteBuffer buffer = over(raw);
    for (long value : values) {
      buffer.putLong(value);
    }
    return new Tensor(name, ElementType.INT64, new long[] {values.length}, raw);
  }

  /** Returns a tensor of integers of a type that holds them all. */
  public static Tensor integers(String name, ElementType type, long[] dims, int[] values) {
    for (int value : values) {
      if (!type.holds(value)) {
        throw new IllegalArgumentException(name + " has a value outside " + type + ": " + value);
      }
    }
    byte[] raw = new byte[Math.toIntExact(type.bytes(values.length))];
    ByteBuffer buffer = over(raw);
    if (type.bits() == Byte.SIZE / 2) {
      putNibbles(buffer, values);
    } else {
      for (int value : values) {
        put(buffer, type, value);
      }
    }
    return new Tensor(name, type, dims, raw);
  }

  /** Returns how many elements its sizes make. */
  public long elements() {
    long product = 1;
    for (long dim : dims) {
      product *= dim;
    }
    return product;
  }

  private static void put(ByteBuffer buffer, ElementType type, int value) {
    switch (type.bits()) {
      case Byte.SIZE -> buffer.put((byte) value);
      case Short.SIZE -> buffer.putShort((short) value);
      case Integer.SIZE -> buffer.putInt(value);
      default -> throw new IllegalArgumentException("No type of integers: " + type);
    }
  }

  private static void putNibbles(ByteBuffer buffer, int[] values) {
    for (int i = 0; i < values.length; i += 2) {
      int high = 0;
      if (i + 1 < values.length) {
        high = values[i + 1];
      }
      buffer.put((byte) ((values[i] & 0xF) | (high << 4)));
    }
  }

  private static ByteBuffer over(byte[] raw) {
    return ByteBuffer.wrap(raw).order(ByteOrder.LITTLE_ENDIAN);
  }
}

package org.distillgrid.kd.weights;

import java.nio.ByteBuffer;

/** How a file stores numbers, and how they become 32-bit floats. */
enum FloatFormat {
  /** IEEE 754, 16 bits. */
  HALF(2) {
    @Override
    float at(ByteBuffer buffer, int index) {
      return half(buffer.getShort(index * 2));
    }
  },
  /** The upper half of a 32-bit float. */
  BFLOAT(2) {
    @Override
    float at(ByteBuffer buffer, int index) {
      return Float.intBitsToFloat(buffer.getShort(index * 2) << 16);
    }
  },
  /** IEEE 754, 32 bits. */
  SINGLE(4) {
    @Override
    float at(ByteBuffer buffer, int index) {
      return buffer.getFloat(index * 4);
    }
  },
  /** IEEE 754, 64 bits. */
  DOUBLE(8) {
    @Override
    float at(ByteBuffer buffer, int index) {
      return (float) buffer.getDouble(index * 8);
    }
  };

  private static final int EXPONENT = 0x1f;
  private static final int FRACTION = 0x3ff;

  private final int bytes;

  FloatFormat(int bytes) {
    this.bytes = bytes;
  }

  /** Returns the number at an index from the buffer's start. */
  abstract float at(ByteBuffer buffer, int index);

  int bytes() {
    return bytes;
  }

  /** Returns all numbers of a buffer that starts with the first and ends with the last. */
  float[] values(ByteBuffer buffer) {
    float[] values = new float[buffer.limit() / bytes];
    for (int i = 0; i < values.length; i++) {
      values[i] = at(buffer, i);
    }
    return values;
  }

  private static float half(short bits) {
    int sign = (bits & 0x8000) << 16;
    int exponent = (bits >> 10) & EXPONENT;
    int fraction = bits & FRACTION;
    if (exponent == EXPONENT) {
      return Float.intBitsToFloat(sign | 0x7f800000 | (fraction << 13));
    }
    if (exponent == 0) {
      float magnitude = fraction * 0x1p-24f;
      return Float.intBitsToFloat(sign | Float.floatToRawIntBits(magnitude));
    }
    return Float.intBitsToFloat(sign | ((exponent + 127 - 15) << 23) | (fraction << 13));
  }
}

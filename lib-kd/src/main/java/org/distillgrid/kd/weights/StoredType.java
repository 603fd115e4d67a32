package org.distillgrid.kd.weights;

import java.nio.ByteBuffer;

/** How a file stores numbers, and how they become 32-bit floats. */
public enum StoredType {
  /** IEEE 754, 16 bits. */
  HALF("float16", 2) {
    @Override
    public float at(ByteBuffer buffer, int index) {
      return half(buffer.getShort(index * 2));
    }
  },
  /** The upper half of a 32-bit float. */
  BFLOAT("bfloat16", 2) {
    @Override
    public float at(ByteBuffer buffer, int index) {
      return Float.intBitsToFloat(buffer.getShort(index * 2) << 16);
    }
  },
  /** IEEE 754, 32 bits. */
  SINGLE("float32", 4) {
    @Override
    public float at(ByteBuffer buffer, int index) {
      return buffer.getFloat(index * 4);
    }
  },
  /** IEEE 754, 64 bits. */
  DOUBLE("float64", 8) {
    @Override
    public float at(ByteBuffer buffer, int index) {
      return (float) buffer.getDouble(index * 8);
    }
  },
  /** A signed integer of 8 bits. */
  INT8("int8", 1) {
    @Override
    public float at(ByteBuffer buffer, int index) {
      return buffer.get(index);
    }
  },
  /** An unsigned integer of 8 bits. */
  UINT8("uint8", 1) {
    @Override
    public float at(ByteBuffer buffer, int index) {
      return buffer.get(index) & 0xff;
    }
  },
  /** A signed integer of 16 bits. */
  INT16("int16", 2) {
    @Override
    public float at(ByteBuffer buffer, int index) {
      return buffer.getShort(index * 2);
    }
  },
  /** A signed integer of 32 bits; beyond 2²⁴ the nearest float. */
  INT32("int32", 4) {
    @Override
    public float at(ByteBuffer buffer, int index) {
      return (float) buffer.getInt(index * 4);
    }
  },
  /** A signed integer of 64 bits; beyond 2²⁴ the nearest float. */
  INT64("int64", 8) {
    @Override
    public float at(ByteBuffer buffer, int index) {
      return (float) buffer.getLong(index * 8);
    }
  },
  /** A byte that is zero or not. */
  BOOL("bool", 1) {
    @Override
    public float at(ByteBuffer buffer, int index) {
      return Math.min(1, buffer.get(index) & 0xff);
    }
  };

  private static final int EXPONENT = 0x1f;
  private static final int FRACTION = 0x3ff;

  private final String label;
  private final int bytes;

  StoredType(String label, int bytes) {
    this.label = label;
    this.bytes = bytes;
  }

  /** Returns the number at an index from the buffer's start. */
  public abstract float at(ByteBuffer buffer, int index);

  /** Returns its name as PyTorch and NumPy spell it. */
  public String label() {
    return label;
  }

  /** Returns how many bytes one number takes. */
  public int bytes() {
    return bytes;
  }

  /** Returns all numbers of a buffer that starts with the first and ends with the last. */
  public float[] values(ByteBuffer buffer) {
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

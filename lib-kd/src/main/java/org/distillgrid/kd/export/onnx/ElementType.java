package org.distillgrid.kd.export.onnx;

/** The element types of tensors that are written here, with ONNX's numbers for them. */
public enum ElementType {
  /** 32-bit floating point. */
  FLOAT(1, 32),
  /** 8 bits without a sign. */
  UINT8(2, 8),
  /** 8 bits with a sign. */
  INT8(3, 8),
  /** 16 bits with a sign. */
  INT16(5, 16),
  /** 32 bits with a sign. */
  INT32(6, 32),
  /** 64 bits with a sign. */
  INT64(7, 64),
  /** 4 bits without a sign, two to a byte. */
  UINT4(21, 4),
  /** 4 bits with a sign, two to a byte. */
  INT4(22, 4);

  private final int code;
  private final int bits;

  ElementType(int code, int bits) {
    this.code = code;
    this.bits = bits;
  }

  /** Returns its number in {@code TensorProto.DataType}. */
  public int code() {
    return code;
  }

  /** Returns the bits of one element. */
  public int bits() {
    return bits;
  }

  /** Returns how many bytes so many elements take; the last byte may be half used. */
  public long bytes(long elements) {
    return (elements * bits + Byte.SIZE - 1) / Byte.SIZE;
  }

  /** Returns whether a whole number can be held. */
  public boolean holds(long value) {
    return switch (this) {
      case FLOAT -> false;
      case UINT8, UINT4 -> value >= 0 && value < 1L << bits;
      case INT8, INT16, INT32, INT4 -> value >= -(1L << (bits - 1)) && value < 1L << (bits - 1);
      case INT64 -> true;
    };
  }
}

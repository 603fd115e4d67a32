package org.distillgrid.kd.weights;

import java.util.OptionalLong;

/** What a stored tensor may claim about itself. */
public final class TensorBounds {
  public static final int MOST_AXES = 16;

  // Weights hardly compress: a file that unpacks to far more than its own size is a trap.
  private static final long SMALL = 64L << 20;
  private static final long EXPANSION = 8;

  private TensorBounds() {}

  /** Returns how many bytes the values of a file may take in memory. */
  public static long unpacked(long fileLength) {
    return SMALL + EXPANSION * fileLength;
  }

  /** Returns the bytes of a tensor; empty if there are more than any file here may hold. */
  public static OptionalLong bytes(long[] shape, StoredType type) {
    try {
      long bytes = Math.multiplyExact(HostTensor.elements(shape), (long) type.bytes());
      if (bytes > Integer.MAX_VALUE) {
        return OptionalLong.empty();
      }
      return OptionalLong.of(bytes);
    } catch (ArithmeticException e) {
      return OptionalLong.empty();
    }
  }
}

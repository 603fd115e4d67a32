package org.distillgrid.kd.weights;

import java.util.OptionalLong;

/** What a stored tensor may claim about itself. */
final class TensorBounds {
  static final int MOST_AXES = 16;

  private TensorBounds() {}

  /** Returns the bytes of a tensor; empty if there are more than any file here may hold. */
  static OptionalLong bytes(long[] shape, FloatFormat format) {
    try {
      long bytes = Math.multiplyExact(HostTensor.elements(shape), (long) format.bytes());
      if (bytes > Integer.MAX_VALUE) {
        return OptionalLong.empty();
      }
      return OptionalLong.of(bytes);
    } catch (ArithmeticException e) {
      return OptionalLong.empty();
    }
  }
}

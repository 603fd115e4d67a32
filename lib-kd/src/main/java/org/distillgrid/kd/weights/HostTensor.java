package org.distillgrid.kd.weights;

import java.util.Objects;

/**
 * A 32-bit tensor in ordinary memory, row-major. The array is shared, not copied.
 *
 * @param shape its sizes; empty for a scalar
 * @param values as many as the product of the sizes
 */
public record HostTensor(long[] shape, float[] values) {
  /** Checks that the values fit the shape. */
  public HostTensor {
    Objects.requireNonNull(shape, "shape");
    Objects.requireNonNull(values, "values");
    if (elements(shape) != values.length) {
      throw new IllegalArgumentException(
          "Values do not fit " + java.util.Arrays.toString(shape) + ": " + values.length);
    }
  }

  /** Returns the product of the sizes; 1 for a scalar. */
  public static long elements(long[] shape) {
    long elements = 1;
    for (long size : shape) {
      elements = Math.multiplyExact(elements, size);
    }
    return elements;
  }
}

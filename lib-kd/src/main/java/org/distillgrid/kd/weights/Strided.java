package org.distillgrid.kd.weights;

/**
 * How a tensor lies in a row of numbers: where it starts and how far two neighbours along each axis
 * are apart.
 *
 * @param offset the place of its first number
 * @param shape its sizes
 * @param strides steps along each axis, not negative
 */
public record Strided(long offset, long[] shape, long[] strides) {
  /** Returns a tensor whose first axis runs fastest, as Fortran lays it out. */
  static Strided firstAxisFastest(long[] shape) {
    long[] strides = new long[shape.length];
    long step = 1;
    for (int axis = 0; axis < shape.length; axis++) {
      strides[axis] = step;
      step *= shape[axis];
    }
    return new Strided(0, shape, strides);
  }

  /**
   * Returns how many numbers the row must have.
   *
   * @throws ArithmeticException if that is more than any file can hold
   */
  public long extent() {
    if (HostTensor.elements(shape) == 0) {
      return 0;
    }
    long last = offset;
    for (int axis = 0; axis < shape.length; axis++) {
      last = Math.addExact(last, Math.multiplyExact(shape[axis] - 1, strides[axis]));
    }
    return Math.addExact(last, 1);
  }

  /** A row of numbers. */
  @FunctionalInterface
  public interface Row {
    float at(int index);
  }

  /** Returns the tensor's numbers in row-major order. */
  public float[] gather(Row row) {
    float[] values = new float[Math.toIntExact(HostTensor.elements(shape))];
    long[] index = new long[shape.length];
    long at = offset;
    for (int i = 0; i < values.length; i++) {
      values[i] = row.at((int) at);
      int axis = shape.length - 1;
      while (axis >= 0) {
        index[axis]++;
        at += strides[axis];
        if (index[axis] < shape[axis]) {
          break;
        }
        at -= strides[axis] * shape[axis];
        index[axis] = 0;
        axis--;
      }
    }
    return values;
  }
}

package org.distillgrid.kd.nn;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;

/**
 * Numbers that a device fills in by itself. DJL's own, those of {@code add(Number)} and its like,
 * come out of a Java buffer: a GPU has to be waited for at each of them.
 */
public final class Filled {
  private Filled() {}

  /** Returns one number, a scalar, on a tensor's device and in its manager. */
  static NDArray number(double value, NDArray like) {
    return like.getManager().full(new Shape(), (float) value, DataType.FLOAT32);
  }

  /** Returns a number for each channel, 1×C×1×1, on a tensor's device and in its manager. */
  public static NDArray channels(float[] values, NDArray like) {
    NDList numbers = new NDList(values.length);
    for (float value : values) {
      numbers.add(like.getManager().full(new Shape(1, 1, 1, 1), value, DataType.FLOAT32));
    }
    return NDArrays.concat(numbers, 1);
  }
}

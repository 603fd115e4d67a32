package org.distillgrid.kd.nn.block;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.pooling.Pool;

/** The maximum over square windows that lie wholly inside the features. */
public final class MaxPool {
  private MaxPool() {}

  /**
   * Returns the maxima, in the input's manager.
   *
   * @param side pixels along a window's side
   * @param stride pixels from one window to the next
   */
  public static NDArray of(NDArray input, int side, int stride) {
    return Pool.maxPool2d(
        input, new Shape(side, side), new Shape(stride, stride), new Shape(0, 0), false);
  }
}

package org.distillgrid.kd.distill.spark;

import ai.djl.ndarray.NDArray;

/** One number of each image. */
final class PerImage {
  private PerImage() {}

  /** Returns the mean of each image's values, N×1×1×1. */
  static NDArray mean(NDArray values) {
    long count = values.getShape().get(0);
    return values.reshape(count, -1).mean(new int[] {1}, true).reshape(count, 1, 1, 1);
  }
}

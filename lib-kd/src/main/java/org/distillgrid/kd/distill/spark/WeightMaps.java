package org.distillgrid.kd.distill.spark;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import org.distillgrid.kd.nn.block.BilinearResize;

/**
 * Maps of mean 1: they move the strength of distillation within an image and leave its total as it
 * is.
 */
final class WeightMaps {
  private WeightMaps() {}

  /**
   * Returns each image's weights over their mean.
   *
   * @param weights above 0, N×1×h×w
   */
  static NDArray normalized(NDArray weights) {
    long count = weights.getShape().get(0);
    NDArray mean = weights.reshape(count, -1).mean(new int[] {1}, true);
    return weights.div(mean.reshape(count, 1, 1, 1));
  }

  /** Returns the weights of a grid's cells at the pixels of an image, of mean 1 again. */
  static NDArray overPixels(NDArray cells, Shape image) {
    return normalized(BilinearResize.of(cells, image.get(2), image.get(3)));
  }
}

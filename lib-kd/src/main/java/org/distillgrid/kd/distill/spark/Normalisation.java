package org.distillgrid.kd.distill.spark;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import org.distillgrid.kd.nn.block.BilinearResize;

/** What is made of a map's weights before they count. */
enum Normalisation {
  /** Nothing: a map says how much is distilled as well as where. Known. */
  NONE {
    @Override
    NDArray of(NDArray weights) {
      return weights;
    }
  },
  /**
   * Each image's weights over their mean: a map moves the strength of distillation within an image
   * and leaves its total as it is. Reconstructed.
   */
  MEAN {
    @Override
    NDArray of(NDArray weights) {
      return weights.div(PerImage.mean(weights));
    }
  };

  /**
   * Returns weights as they count.
   *
   * @param weights N×1×h×w, above 0 if they are to have a mean
   */
  abstract NDArray of(NDArray weights);

  /** Returns the weights of a grid's cells at the pixels of an image. */
  NDArray overPixels(NDArray cells, Shape image) {
    return of(BilinearResize.of(cells, image.get(2), image.get(3)));
  }
}

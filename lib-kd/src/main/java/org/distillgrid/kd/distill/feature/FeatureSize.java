package org.distillgrid.kd.distill.feature;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import org.distillgrid.kd.nn.block.AveragePool;
import org.distillgrid.kd.nn.block.BilinearResize;

/** Brings features to the height and width of others. */
public final class FeatureSize {
  private FeatureSize() {}

  /**
   * Returns features, N×C×H×W, in the height and width of others: averaged over areas if they are
   * larger both ways, else interpolated bilinearly, smoothed along an axis that shrinks; themselves
   * if they fit already. Source: reconstructed; the papers pair features of one size.
   */
  public static NDArray like(NDArray wanted, NDArray features) {
    Shape found = features.getShape();
    long height = wanted.getShape().get(2);
    long width = wanted.getShape().get(3);
    if (found.get(2) == height && found.get(3) == width) {
      return features;
    }
    if (found.get(2) >= height && found.get(3) >= width) {
      return AveragePool.to(features, height, width);
    }
    return BilinearResize.of(features, height, width);
  }
}

package org.distillgrid.kd.nn.block;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;

/**
 * The first and the second half of the channels of N×2C×H×W, as views.
 *
 * @param first N×C×H×W
 * @param second N×C×H×W
 */
public record Halves(NDArray first, NDArray second) {
  /** Splits features, in their own manager; the number of channels must be even. */
  public static Halves of(NDArray features) {
    NDList halves = features.split(2, 1);
    return new Halves(halves.get(0), halves.get(1));
  }

  /** Returns their product element by element: NAFNet's simple gate. */
  public NDArray product() {
    return first.mul(second);
  }
}

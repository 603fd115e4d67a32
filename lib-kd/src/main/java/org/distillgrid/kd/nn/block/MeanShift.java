package org.distillgrid.kd.nn.block;

import ai.djl.ndarray.NDArray;
import org.distillgrid.kd.nn.Filled;
import org.distillgrid.kd.nn.Scaled;

/**
 * The inner range of super-resolution networks: (x − mean of DIV2K)·range. Grey images have mean 0.
 * Source: EDSR (Lim et al., 2017) as in BasicSR.
 *
 * @param range 255 or 1
 */
public record MeanShift(float range) {
  private static final float[] MEAN = {0.4488f, 0.4371f, 0.4040f};

  /** Returns the mean of DIV2K: red, green, blue. */
  public static float[] mean() {
    return MEAN.clone();
  }

  /** Returns images in [0, 1], N×C×H×W, in the inner range. */
  public NDArray enter(NDArray images) {
    NDArray shifted = images;
    if (isColour(images)) {
      shifted = images.sub(mean(images));
    }
    if (range == 1) {
      return shifted;
    }
    return Scaled.by(range, shifted);
  }

  /** Returns images of the inner range in [0, 1]. */
  public NDArray leave(NDArray images) {
    NDArray scaled = images;
    if (range != 1) {
      scaled = Scaled.over(range, images);
    }
    if (isColour(images)) {
      return scaled.add(mean(images));
    }
    return scaled;
  }

  private static boolean isColour(NDArray images) {
    return images.getShape().get(1) == MEAN.length;
  }

  private static NDArray mean(NDArray like) {
    return Filled.channels(MEAN, like);
  }
}

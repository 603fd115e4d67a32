package org.distillgrid.kd.nn.block;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import org.distillgrid.kd.nn.PixelShuffle;

/** The inverse of {@link PixelShuffle}: N×C×H×W becomes N×(C·s²)×(H/s)×(W/s). */
public final class PixelUnshuffle {
  private PixelUnshuffle() {}

  /**
   * Returns the rearranged features, in the input's manager.
   *
   * @param scale s; height and width must be multiples of it
   */
  public static NDArray of(NDArray input, int scale) {
    Shape shape = input.getShape();
    if (shape.dimension() != 4 || shape.get(2) % scale != 0 || shape.get(3) % scale != 0) {
      throw new IllegalArgumentException("Cannot unshuffle pixels by " + scale + ": " + shape);
    }
    long images = shape.get(0);
    long channels = shape.get(1);
    long height = shape.get(2) / scale;
    long width = shape.get(3) / scale;
    return input
        .reshape(images, channels, height, scale, width, scale)
        .transpose(0, 1, 3, 5, 2, 4)
        .reshape(images, channels * scale * scale, height, width);
  }
}

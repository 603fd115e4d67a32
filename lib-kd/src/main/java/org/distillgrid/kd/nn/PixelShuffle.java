package org.distillgrid.kd.nn;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;

/** Sub-pixel convolution's rearrangement: N×(C·s²)×H×W becomes N×C×(H·s)×(W·s). */
public final class PixelShuffle {
  private PixelShuffle() {}

  /**
   * Returns the rearranged features, in the input's manager.
   *
   * @param scale s; the channels must be a multiple of s²
   */
  public static NDArray of(NDArray input, int scale) {
    Shape shape = input.getShape();
    long area = (long) scale * scale;
    if (shape.dimension() != 4 || shape.get(1) % area != 0) {
      throw new IllegalArgumentException("Cannot shuffle pixels by " + scale + ": " + shape);
    }
    long images = shape.get(0);
    long channels = shape.get(1) / area;
    long height = shape.get(2);
    long width = shape.get(3);
    return input
        .reshape(images, channels, scale, scale, height, width)
        .transpose(0, 1, 4, 2, 5, 3)
        .reshape(images, channels, height * scale, width * scale);
  }
}

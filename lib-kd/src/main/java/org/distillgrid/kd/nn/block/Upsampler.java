package org.distillgrid.kd.nn.block;

import ai.djl.ndarray.NDArray;
import java.util.ArrayList;
import java.util.List;
import org.distillgrid.kd.nn.Conv2d;
import org.distillgrid.kd.nn.InputRange;
import org.distillgrid.kd.nn.LayerFactory;
import org.distillgrid.kd.nn.PixelShuffle;

/**
 * Enlarges features by convolutions to s² times the channels, each followed by a pixel shuffle: one
 * of ×3, or as many of ×2 as the scale takes. Names count every layer of the sequence, shuffles
 * included: {@code upsample.0}, {@code upsample.2}.
 */
public final class Upsampler {
  private record Stage(Conv2d conv, int scale) {}

  private final List<Stage> stages = new ArrayList<>();

  /**
   * Makes the convolutions.
   *
   * @param layers makes them as {@code 0}, {@code 2}, … under its own prefix
   * @param width channels in and out
   * @param scale 3 or a power of two; 1 makes no layer
   */
  public Upsampler(LayerFactory layers, int width, int scale) {
    int factor = 2;
    if (scale == 3) {
      factor = 3;
    }
    int remaining = scale;
    while (remaining > 1) {
      if (remaining % factor != 0) {
        throw new IllegalArgumentException("Scale must be 3 or a power of two: " + scale);
      }
      String name = Integer.toString(2 * stages.size());
      int wide = width * factor * factor;
      stages.add(new Stage(layers.conv(name, width, wide, 3, InputRange.SIGNED), factor));
      remaining /= factor;
    }
  }

  /** Returns the enlarged features, in the input's manager. */
  public NDArray forward(NDArray input) {
    NDArray features = input;
    for (Stage stage : stages) {
      features = PixelShuffle.of(stage.conv().forward(features), stage.scale());
    }
    return features;
  }
}

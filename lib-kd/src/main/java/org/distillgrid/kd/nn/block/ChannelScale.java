package org.distillgrid.kd.nn.block;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import org.distillgrid.kd.nn.Initializer;
import org.distillgrid.kd.nn.LayerFactory;
import org.distillgrid.kd.nn.Parameter;

/**
 * Divides N×C×H×W by the standard deviation over the channels of each pixel, then multiplies with a
 * factor per channel; the mean stays. Source: {@code BiasFree_LayerNorm} of Restormer (Zamir et
 * al., 2022).
 */
public final class ChannelScale {
  private static final int[] CHANNELS = {1};

  private final Parameter weight;
  private final long width;
  private final float epsilon;

  /**
   * Makes the factor as {@code weight}.
   *
   * @param layers makes it under its own prefix
   * @param width channels
   * @param epsilon added to the variance
   */
  public ChannelScale(LayerFactory layers, int width, float epsilon) {
    weight = layers.parameter("weight", new Shape(width), Initializer.constant(1));
    this.width = width;
    this.epsilon = epsilon;
  }

  /** Returns the scaled features, in the input's manager. */
  public NDArray forward(NDArray input) {
    NDArray variance = input.sub(input.mean(CHANNELS, true)).square().mean(CHANNELS, true);
    NDArray deviation = variance.add(epsilon).sqrt();
    NDArray factor = weight.in(input.getManager()).reshape(width, 1, 1);
    return input.div(deviation).mul(factor);
  }
}

package org.distillgrid.kd.nn.block;

import ai.djl.ndarray.NDArray;
import org.distillgrid.kd.nn.LayerFactory;

/**
 * Layer normalisation of N×C×H×W over the channels of each pixel: zero mean, unit variance, then a
 * factor and a constant per channel. Source: {@code LayerNorm2d} of NAFNet (Chen et al., 2022).
 */
public final class ChannelNorm {
  private final LayerNorm norm;

  /**
   * Makes the factor and the constant as {@code weight} and {@code bias}.
   *
   * @param layers makes them under its own prefix
   * @param width channels
   * @param epsilon added to the variance
   */
  public ChannelNorm(LayerFactory layers, int width, float epsilon) {
    norm = new LayerNorm(layers, width, epsilon);
  }

  /** Returns the normalised features, in the input's manager. */
  public NDArray forward(NDArray input) {
    // Two transposed views and PyTorch's own kernel are fewer passes over memory than mean,
    // variance, root and quotient one by one.
    return norm.forward(input.transpose(0, 2, 3, 1)).transpose(0, 3, 1, 2);
  }
}

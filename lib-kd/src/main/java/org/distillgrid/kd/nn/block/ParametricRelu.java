package org.distillgrid.kd.nn.block;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Activation;
import org.distillgrid.kd.nn.Initializer;
import org.distillgrid.kd.nn.LayerFactory;
import org.distillgrid.kd.nn.Parameter;

/**
 * PReLU over N×C×H×W: what is negative is multiplied with a learned factor, one for each channel.
 * Source: He et al., ICCV 2015; the factors start at 0.25 as in PyTorch.
 */
public final class ParametricRelu {
  private static final float START = 0.25f;

  private final Parameter factors;
  private final Shape perChannel;

  /**
   * Makes the factors as {@code weight}.
   *
   * @param layers makes them under its own prefix
   * @param width channels
   */
  public ParametricRelu(LayerFactory layers, int width) {
    factors = layers.parameter("weight", new Shape(width), Initializer.constant(START));
    perChannel = new Shape(1, width, 1, 1);
  }

  /** Returns max(x, 0) + factor·min(x, 0), in the input's manager. */
  public NDArray forward(NDArray input) {
    NDArray positive = Activation.relu(input);
    NDArray factor = factors.in(input.getManager()).reshape(perChannel);
    return positive.add(input.sub(positive).mul(factor));
  }
}

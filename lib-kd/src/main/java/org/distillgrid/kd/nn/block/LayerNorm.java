package org.distillgrid.kd.nn.block;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import org.distillgrid.kd.nn.Initializer;
import org.distillgrid.kd.nn.LayerFactory;
import org.distillgrid.kd.nn.Parameter;

/**
 * Layer normalisation over the last axis: zero mean, unit variance, then a factor and a constant
 * per channel. Source: Ba et al., 2016.
 */
public final class LayerNorm {
  private final Parameter weight;
  private final Parameter bias;
  private final Shape normalized;
  private final float epsilon;

  /**
   * Makes the factor and the constant as {@code weight} and {@code bias}.
   *
   * @param layers makes them under its own prefix
   * @param width length of the last axis
   * @param epsilon added to the variance
   */
  public LayerNorm(LayerFactory layers, int width, float epsilon) {
    weight = layers.parameter("weight", new Shape(width), Initializer.constant(1));
    bias = layers.parameter("bias", new Shape(width), Initializer.constant(0));
    normalized = new Shape(width);
    this.epsilon = epsilon;
  }

  /** Returns the normalised input, in its manager. */
  public NDArray forward(NDArray input) {
    return ai.djl.nn.norm.LayerNorm.layerNorm(
            input, normalized, weight.array(), bias.array(), epsilon)
        .singletonOrThrow();
  }
}

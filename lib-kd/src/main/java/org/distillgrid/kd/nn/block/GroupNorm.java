package org.distillgrid.kd.nn.block;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.norm.LayerNorm;
import org.distillgrid.kd.nn.Initializer;
import org.distillgrid.kd.nn.LayerFactory;
import org.distillgrid.kd.nn.Parameter;

/**
 * Group normalisation of N×C×H×W: each image's channels fall into groups, each of which gets zero
 * mean and unit variance, then a factor and a constant per channel. Source: Wu and He, 2018.
 */
public final class GroupNorm {
  private final int groups;
  private final float epsilon;
  private final Parameter weight;
  private final Parameter bias;

  /**
   * Makes the factor and the constant as {@code weight} and {@code bias}.
   *
   * @param layers makes them under its own prefix
   * @param width channels, a multiple of the groups
   * @param epsilon added to the variance
   */
  public GroupNorm(LayerFactory layers, int width, int groups, float epsilon) {
    if (width % groups != 0) {
      throw new IllegalArgumentException(width + " channels do not fall into " + groups);
    }
    this.groups = groups;
    this.epsilon = epsilon;
    weight = layers.parameter("weight", new Shape(width), Initializer.constant(1));
    bias = layers.parameter("bias", new Shape(width), Initializer.constant(0));
  }

  /** Returns the normalised features, in the input's manager. */
  public NDArray forward(NDArray input) {
    NDManager manager = input.getManager();
    Shape shape = input.getShape();
    Shape group = new Shape(shape.size() / (shape.get(0) * groups));
    NDArray rows = input.reshape(shape.get(0), groups, group.get(0));
    // DJL has no group norm; a layer norm whose factors are all 1 is the same on rows of a group.
    NDArray normalized =
        LayerNorm.layerNorm(rows, group, manager.ones(group), manager.zeros(group), epsilon)
            .singletonOrThrow()
            .reshape(shape);
    Shape channels = new Shape(1, shape.get(1), 1, 1);
    return normalized
        .mul(weight.in(manager).reshape(channels))
        .add(bias.in(manager).reshape(channels));
  }
}

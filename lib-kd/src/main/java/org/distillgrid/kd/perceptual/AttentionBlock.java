package org.distillgrid.kd.perceptual;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import org.distillgrid.kd.nn.Conv2d;
import org.distillgrid.kd.nn.InputRange;
import org.distillgrid.kd.nn.LayerFactory;
import org.distillgrid.kd.nn.Scaled;
import org.distillgrid.kd.nn.Scratch;
import org.distillgrid.kd.nn.block.GroupNorm;

/**
 * Attention of one head among all places of the features, added to them. Source:
 * taming-transformers, which also names the layers. *Known*.
 */
final class AttentionBlock {
  private final GroupNorm norm;
  private final Conv2d query;
  private final Conv2d key;
  private final Conv2d value;
  private final Conv2d output;

  /**
   * Makes the layers.
   *
   * @param layers makes them under its own prefix
   */
  AttentionBlock(LayerFactory layers, int width, int groups) {
    norm = new GroupNorm(layers.under("norm"), width, groups, ResidualBlock.EPSILON);
    query = layers.conv("q", width, width, 1, InputRange.SIGNED);
    key = layers.conv("k", width, width, 1, InputRange.SIGNED);
    value = layers.conv("v", width, width, 1, InputRange.SIGNED);
    output = layers.conv("proj_out", width, width, 1, InputRange.SIGNED);
  }

  NDArray forward(NDArray input) {
    return Scratch.run(input, this::compute);
  }

  private NDArray compute(NDArray input) {
    Shape shape = input.getShape();
    NDArray normalized = norm.forward(input);
    NDArray queries = places(query.forward(normalized)).transpose(0, 2, 1);
    double root = Math.sqrt((double) shape.get(1));
    NDArray scores = Scaled.over(root, queries.matMul(places(key.forward(normalized))));
    NDArray weights = scores.softmax(2).transpose(0, 2, 1);
    NDArray seen = places(value.forward(normalized)).matMul(weights).reshape(shape);
    return input.add(output.forward(seen));
  }

  private static NDArray places(NDArray features) {
    return features.reshape(features.getShape().get(0), features.getShape().get(1), -1);
  }
}

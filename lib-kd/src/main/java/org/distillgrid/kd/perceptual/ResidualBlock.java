package org.distillgrid.kd.perceptual;

import ai.djl.ndarray.NDArray;
import org.distillgrid.kd.nn.Conv2d;
import org.distillgrid.kd.nn.InputRange;
import org.distillgrid.kd.nn.LayerFactory;
import org.distillgrid.kd.nn.Scratch;
import org.distillgrid.kd.nn.block.GroupNorm;
import org.distillgrid.kd.nn.block.Swish;

/**
 * Two times norm–swish–conv 3×3, added to the input, which a 1×1 convolution brings to another
 * width. Source: taming-transformers, which also names the layers. *Known*.
 */
final class ResidualBlock {
  static final float EPSILON = 1e-6f;

  private final GroupNorm firstNorm;
  private final Conv2d firstConv;
  private final GroupNorm secondNorm;
  private final Conv2d secondConv;
  private final Conv2d shortcut;

  /**
   * Makes the layers.
   *
   * @param layers makes them under its own prefix
   */
  ResidualBlock(LayerFactory layers, int in, int out, int groups) {
    firstNorm = new GroupNorm(layers.under("norm1"), in, groups, EPSILON);
    firstConv = layers.conv("conv1", in, out, 3, InputRange.SIGNED);
    secondNorm = new GroupNorm(layers.under("norm2"), out, groups, EPSILON);
    secondConv = layers.conv("conv2", out, out, 3, InputRange.SIGNED);
    if (in == out) {
      shortcut = null;
    } else {
      shortcut = layers.conv("nin_shortcut", in, out, 1, InputRange.SIGNED);
    }
  }

  NDArray forward(NDArray input) {
    return Scratch.run(input, this::compute);
  }

  private NDArray compute(NDArray input) {
    NDArray inner = firstConv.forward(Swish.of(firstNorm.forward(input)));
    NDArray change = secondConv.forward(Swish.of(secondNorm.forward(inner)));
    if (shortcut == null) {
      return input.add(change);
    }
    return shortcut.forward(input).add(change);
  }
}

package org.distillgrid.kd.model.mirnet;

import ai.djl.ndarray.NDArray;
import ai.djl.nn.Activation;
import org.distillgrid.kd.nn.Conv2d;
import org.distillgrid.kd.nn.ConvShape;
import org.distillgrid.kd.nn.InputRange;
import org.distillgrid.kd.nn.LayerFactory;
import org.distillgrid.kd.nn.Scratch;
import org.distillgrid.kd.nn.block.AveragePool;
import org.distillgrid.kd.nn.block.ParametricRelu;

/**
 * Dual attention unit: two 3×3 convolutions, whose output is weighted by a map in (0, 1) and,
 * beside it, by a number in (0, 1) for each channel; both are mixed and added to the input. Source:
 * MIRNet (Zamir et al., ECCV 2020); layers are named as in its released code.
 */
final class DualAttention {
  /** How many times fewer channels the channel attention has inside. */
  static final int REDUCTION = 8;

  private static final int MAP_KERNEL = 5;
  private static final int[] CHANNELS = {1};

  private final Conv2d first;
  private final ParametricRelu activation;
  private final Conv2d second;
  private final Conv2d map;
  private final Conv2d squeeze;
  private final Conv2d expand;
  private final Conv2d mix;

  /**
   * Makes the convolutions.
   *
   * @param layers makes them under its own prefix
   * @param width channels in and out
   * @param activation between the first two, which the units of a network share
   */
  DualAttention(LayerFactory layers, int width, ParametricRelu activation) {
    this.activation = activation;
    int inner = width / REDUCTION;
    first = conv(layers, "body.0", ConvShape.same(width, width, 3), InputRange.SIGNED);
    second = conv(layers, "body.2", ConvShape.same(width, width, 3), InputRange.SIGNED);
    map = conv(layers, "SA.spatial.conv", ConvShape.same(2, 1, MAP_KERNEL), InputRange.SIGNED);
    squeeze = conv(layers, "CA.conv_du.0", ConvShape.same(width, inner, 1), InputRange.SIGNED);
    expand = conv(layers, "CA.conv_du.2", ConvShape.same(inner, width, 1), InputRange.NON_NEGATIVE);
    mix = conv(layers, "conv1x1", ConvShape.same(2 * width, width, 1), InputRange.SIGNED);
  }

  private static Conv2d conv(LayerFactory layers, String name, ConvShape shape, InputRange range) {
    return layers.conv(name, shape.withoutBias(), range);
  }

  NDArray forward(NDArray input) {
    return Scratch.run(input, this::compute);
  }

  private NDArray compute(NDArray input) {
    NDArray inner = second.forward(activation.forward(first.forward(input)));
    NDArray both = inOneMap(inner).concat(inEachChannel(inner), 1);
    return mix.forward(both).add(input);
  }

  private NDArray inOneMap(NDArray features) {
    NDArray pooled = features.max(CHANNELS, true).concat(features.mean(CHANNELS, true), 1);
    return features.mul(Activation.sigmoid(map.forward(pooled)));
  }

  private NDArray inEachChannel(NDArray features) {
    NDArray inner = Activation.relu(squeeze.forward(AveragePool.whole(features)));
    return features.mul(Activation.sigmoid(expand.forward(inner)));
  }
}

package org.distillgrid.kd.model.nafnet;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.pooling.Pool;
import org.distillgrid.kd.nn.Conv2d;
import org.distillgrid.kd.nn.ConvShape;
import org.distillgrid.kd.nn.Initializer;
import org.distillgrid.kd.nn.InputRange;
import org.distillgrid.kd.nn.LayerFactory;
import org.distillgrid.kd.nn.Parameter;
import org.distillgrid.kd.nn.Scratch;
import org.distillgrid.kd.nn.block.ChannelNorm;
import org.distillgrid.kd.nn.block.Halves;

/**
 * NAFNet's block without activation functions: normalised, widened, a depthwise convolution, a
 * gate, simplified channel attention; then normalised, widened, a gate. Each half is added to its
 * own input, weighted by {@code beta} and {@code gamma}, which start at zero.
 */
final class NafBlock {
  private static final float EPSILON = 1e-6f;

  private final ChannelNorm firstNorm;
  private final Conv2d widen;
  private final Conv2d depthwise;
  private final Conv2d attention;
  private final Conv2d narrow;
  private final Parameter beta;
  private final ChannelNorm secondNorm;
  private final Conv2d expand;
  private final Conv2d project;
  private final Parameter gamma;

  NafBlock(LayerFactory layers, int width) {
    int wide = 2 * width;
    ConvShape eachChannel = ConvShape.same(wide, wide, 3).grouped(wide);
    Shape perChannel = new Shape(1, width, 1, 1);
    beta = layers.parameter("beta", perChannel, Initializer.constant(0));
    gamma = layers.parameter("gamma", perChannel, Initializer.constant(0));
    firstNorm = new ChannelNorm(layers.under("norm1"), width, EPSILON);
    widen = layers.conv("conv1", width, wide, 1, InputRange.SIGNED);
    depthwise = layers.conv("conv2", eachChannel, InputRange.SIGNED);
    attention = layers.under("sca").conv("1", width, width, 1, InputRange.SIGNED);
    narrow = layers.conv("conv3", width, width, 1, InputRange.SIGNED);
    secondNorm = new ChannelNorm(layers.under("norm2"), width, EPSILON);
    expand = layers.conv("conv4", width, wide, 1, InputRange.SIGNED);
    project = layers.conv("conv5", width, width, 1, InputRange.SIGNED);
  }

  NDArray forward(NDArray input) {
    return Scratch.run(Scratch.run(input, this::mixPixels), this::mixChannels);
  }

  private NDArray mixPixels(NDArray input) {
    NDArray gated = Scratch.run(input, this::gatedPixels);
    NDArray attended = gated.mul(attention.forward(pixelMean(gated)));
    return input.add(narrow.forward(attended).mul(beta.array()));
  }

  private NDArray gatedPixels(NDArray input) {
    NDArray wide = depthwise.forward(widen.forward(firstNorm.forward(input)));
    return Halves.of(wide).product();
  }

  private static NDArray pixelMean(NDArray features) {
    Shape shape = features.getShape();
    return Pool.globalAvgPool2d(features).reshape(shape.get(0), shape.get(1), 1, 1);
  }

  private NDArray mixChannels(NDArray input) {
    NDArray gated = Scratch.run(input, this::gatedChannels);
    return input.add(project.forward(gated).mul(gamma.array()));
  }

  private NDArray gatedChannels(NDArray input) {
    return Halves.of(expand.forward(secondNorm.forward(input))).product();
  }
}

package org.distillgrid.kd.model.imdn;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.nn.Activation;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.distillgrid.kd.model.ModelName;
import org.distillgrid.kd.model.ModelTarget;
import org.distillgrid.kd.model.TensorShapes;
import org.distillgrid.kd.nn.Architecture;
import org.distillgrid.kd.nn.Conv2d;
import org.distillgrid.kd.nn.Flow;
import org.distillgrid.kd.nn.InputRange;
import org.distillgrid.kd.nn.LayerFactory;
import org.distillgrid.kd.nn.LayerRole;
import org.distillgrid.kd.nn.PixelShuffle;
import org.distillgrid.kd.nn.Scaled;

/**
 * What IMDN and RFDN share: a convolution, blocks in a row whose outputs are all joined, a long
 * skip and sub-pixel convolution. Every block is a segment; the tail joins the history.
 */
final class FeatureDistillation implements Architecture {
  /** The slope of every LeakyReLU of the two networks. */
  static final float SLOPE = 0.05f;

  /** A block: features in, features of as many channels out. */
  @FunctionalInterface
  interface Block {
    NDArray forward(NDArray input);
  }

  private final double range;
  private final int width;
  private final int scale;
  private final Conv2d first;
  private final List<Block> blocks = new ArrayList<>();
  private final Conv2d join;
  private final Conv2d afterBlocks;
  private final Conv2d upsampler;

  /**
   * Makes the network.
   *
   * @param name its options {@code c} and {@code b} say how wide and how long it is
   * @param range the greatest value of an image inside, 1 or 255
   * @param prefix the name of the blocks, which are counted from 1
   * @param block makes one block
   */
  FeatureDistillation(
      ModelName name,
      ModelTarget target,
      LayerFactory layers,
      double range,
      String prefix,
      Function<LayerFactory, Block> block) {
    this.range = range;
    int channels = target.imageChannels();
    int count = name.whole("b");
    width = name.whole("c");
    scale = target.scale();
    LayerFactory body = layers.as(LayerRole.BODY);
    first = layers.as(LayerRole.HEAD).conv("fea_conv", channels, width, 3, InputRange.SIGNED);
    for (int i = 1; i <= count; i++) {
      blocks.add(block.apply(body.under(prefix + i)));
    }
    join = body.under("c").conv("0", count * width, width, 1, InputRange.SIGNED);
    afterBlocks = body.conv("LR_conv", width, width, 3, InputRange.SIGNED);
    // The one layer that enlarges also writes the image.
    LayerFactory tail = layers.as(LayerRole.TAIL).under("upsampler");
    upsampler = tail.conv("0", width, channels * scale * scale, 3, InputRange.SIGNED);
  }

  /**
   * Returns the options {@code c} and {@code b} of a checkpoint's network as a name spells them.
   *
   * @param prefix the name of the blocks
   */
  static String sizes(TensorShapes shapes, String prefix) {
    int blocks = shapes.count(prefix + "*.c4.weight", 1);
    return "-c" + shapes.sizeOrZero("fea_conv.weight", 0) + "-b" + blocks;
  }

  /** Returns what a checkpoint's network restores. */
  static ModelTarget target(TensorShapes shapes) {
    int channels = shapes.sizeOrZero("fea_conv.weight", 1);
    return new ModelTarget(channels, shapes.shuffledScale("upsampler.0.weight", channels));
  }

  @Override
  public Flow head(NDArray input) {
    if (range == 1) {
      return Flow.start(input, first.forward(input));
    }
    return Flow.start(input, first.forward(Scaled.by(range, input)));
  }

  @Override
  public int segments() {
    return blocks.size();
  }

  @Override
  public Flow segment(int index, Flow flow) {
    return flow.after(blocks.get(index).forward(flow.features()));
  }

  @Override
  public NDArray tail(Flow flow) {
    return output(flow, joined(flow));
  }

  @Override
  public NDArray joined(Flow flow) {
    NDArray all = join.forward(NDArrays.concat(new NDList(flow.history()), 1));
    return afterBlocks.forward(Activation.leakyRelu(all, SLOPE)).add(flow.skip());
  }

  @Override
  public double range() {
    return range;
  }

  @Override
  public NDArray output(Flow flow, NDArray joined) {
    NDArray output = PixelShuffle.of(upsampler.forward(joined), scale);
    if (range == 1) {
      return output;
    }
    return Scaled.over(range, output);
  }

  @Override
  public int width(int segment) {
    return width;
  }
}

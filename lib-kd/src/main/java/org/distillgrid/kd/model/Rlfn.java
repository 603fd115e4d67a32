package org.distillgrid.kd.model;

import ai.djl.ndarray.NDArray;
import ai.djl.nn.Activation;
import java.util.ArrayList;
import java.util.List;
import org.distillgrid.kd.nn.Architecture;
import org.distillgrid.kd.nn.Conv2d;
import org.distillgrid.kd.nn.Flow;
import org.distillgrid.kd.nn.InputRange;
import org.distillgrid.kd.nn.LayerFactory;
import org.distillgrid.kd.nn.LayerRole;
import org.distillgrid.kd.nn.PixelShuffle;
import org.distillgrid.kd.nn.Scaled;
import org.distillgrid.kd.nn.block.SpatialAttention;

/** One RLFN; every residual local feature block is a segment. */
final class Rlfn implements Architecture {
  private static final int BLOCKS = 6;
  private static final int ATTENTION_CHANNELS = 16;
  private static final List<String> REFINING = List.of("conv3");
  private static final float SLOPE = 0.05f;
  private static final float RANGE = 255f;

  /** Three conv–LeakyReLU and their input, a 1×1 convolution, attention. */
  private record Block(List<Conv2d> refining, Conv2d last, SpatialAttention attention) {
    NDArray forward(NDArray input) {
      NDArray features = input;
      for (Conv2d conv : refining) {
        features = Activation.leakyRelu(conv.forward(features), SLOPE);
      }
      return attention.forward(last.forward(features.add(input)));
    }
  }

  private final int width;
  private final int scale;
  private final Conv2d first;
  private final List<Block> blocks = new ArrayList<>();
  private final Conv2d afterBlocks;
  private final Conv2d upsampler;

  Rlfn(ModelName name, ModelTarget target, LayerFactory layers) {
    int channels = target.imageChannels();
    width = name.whole("c");
    scale = target.scale();
    LayerFactory body = layers.as(LayerRole.BODY);
    first = layers.as(LayerRole.HEAD).conv("conv_1", channels, width, 3, InputRange.SIGNED);
    for (int i = 1; i <= BLOCKS; i++) {
      blocks.add(block(body.under("block_" + i)));
    }
    afterBlocks = body.conv("conv_2", width, width, 3, InputRange.SIGNED);
    // The one layer that enlarges also writes the image.
    LayerFactory tail = layers.as(LayerRole.TAIL).under("upsampler");
    upsampler = tail.conv("0", width, channels * scale * scale, 3, InputRange.SIGNED);
  }

  private Block block(LayerFactory layers) {
    return new Block(
        List.of(
            layers.conv("c1_r", width, width, 3, InputRange.SIGNED),
            layers.conv("c2_r", width, width, 3, InputRange.SIGNED),
            layers.conv("c3_r", width, width, 3, InputRange.SIGNED)),
        layers.conv("c5", width, width, 1, InputRange.SIGNED),
        new SpatialAttention(layers.under("esa"), width, ATTENTION_CHANNELS, REFINING));
  }

  @Override
  public Flow head(NDArray input) {
    return Flow.start(input, first.forward(Scaled.by(RANGE, input)));
  }

  @Override
  public int segments() {
    return BLOCKS;
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
    return afterBlocks.forward(flow.features()).add(flow.skip());
  }

  @Override
  public NDArray output(Flow flow, NDArray joined) {
    return Scaled.over(RANGE, PixelShuffle.of(upsampler.forward(joined), scale));
  }

  @Override
  public double range() {
    return RANGE;
  }

  @Override
  public int width(int segment) {
    return width;
  }
}

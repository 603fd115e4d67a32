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
import org.distillgrid.kd.nn.Scaled;
import org.distillgrid.kd.nn.block.MeanShift;
import org.distillgrid.kd.nn.block.Upsampler;

/** One EDSR; every residual block is a segment. */
final class Edsr implements Architecture {
  private static final MeanShift SHIFT = new MeanShift(255);

  /** conv–ReLU–conv; its output times a factor is added to its input. */
  private record Block(Conv2d first, Conv2d second, float residualScale) {
    NDArray forward(NDArray input) {
      NDArray residual = second.forward(Activation.relu(first.forward(input)));
      if (residualScale != 1) {
        residual = Scaled.by(residualScale, residual);
      }
      return input.add(residual);
    }
  }

  private final int width;
  private final boolean shifted;
  private final Conv2d first;
  private final List<Block> blocks = new ArrayList<>();
  private final Conv2d afterBody;
  private final Upsampler upsampler;
  private final Conv2d last;

  Edsr(ModelName name, ModelTarget target, LayerFactory layers) {
    int channels = target.imageChannels();
    width = name.whole("c");
    shifted = name.whole("m") == 1;
    LayerFactory body = layers.as(LayerRole.BODY);
    first = layers.as(LayerRole.HEAD).conv("conv_first", channels, width, 3, InputRange.SIGNED);
    for (int i = 0; i < name.whole("b"); i++) {
      LayerFactory block = body.under("body").under(Integer.toString(i));
      blocks.add(
          new Block(
              block.conv("conv1", width, width, 3, InputRange.SIGNED),
              block.conv("conv2", width, width, 3, InputRange.NON_NEGATIVE),
              (float) name.number("r")));
    }
    afterBody = body.conv("conv_after_body", width, width, 3, InputRange.SIGNED);
    LayerFactory enlarging = layers.as(LayerRole.UPSAMPLER).under("upsample");
    upsampler = new Upsampler(enlarging, width, target.scale());
    last = layers.as(LayerRole.TAIL).conv("conv_last", width, channels, 3, InputRange.SIGNED);
  }

  @Override
  public Flow head(NDArray input) {
    NDArray image = input;
    if (shifted) {
      image = SHIFT.enter(input);
    }
    return Flow.start(input, first.forward(image));
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
    return afterBody.forward(flow.features()).add(flow.skip());
  }

  @Override
  public NDArray output(Flow flow, NDArray joined) {
    NDArray output = last.forward(upsampler.forward(joined));
    if (shifted) {
      return SHIFT.leave(output);
    }
    return output;
  }

  @Override
  public double range() {
    if (shifted) {
      return SHIFT.range();
    }
    return 1;
  }

  @Override
  public int width(int segment) {
    return width;
  }
}

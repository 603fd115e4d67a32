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
import org.distillgrid.kd.nn.Scratch;
import org.distillgrid.kd.nn.block.ChannelAttention;
import org.distillgrid.kd.nn.block.MeanShift;
import org.distillgrid.kd.nn.block.Upsampler;

/** One RCAN; every residual group is a segment. */
final class Rcan implements Architecture {
  private static final MeanShift SHIFT = new MeanShift(255);

  /** conv–ReLU–conv–channel attention, added to its input. */
  private record Block(Conv2d first, Conv2d second, ChannelAttention attention) {
    NDArray forward(NDArray input) {
      NDArray features = second.forward(Activation.relu(first.forward(input)));
      return attention.forward(features).add(input);
    }
  }

  /** Blocks and a convolution, added to their input. */
  private record Group(List<Block> blocks, Conv2d last) {
    NDArray forward(NDArray input) {
      NDArray features = input;
      for (Block block : blocks) {
        features = Scratch.run(features, block::forward);
      }
      return last.forward(features).add(input);
    }
  }

  private final int width;
  private final Conv2d first;
  private final List<Group> groups = new ArrayList<>();
  private final Conv2d afterBody;
  private final Upsampler upsampler;
  private final Conv2d last;

  Rcan(ModelName name, ModelTarget target, LayerFactory layers) {
    int channels = target.imageChannels();
    width = name.whole("c");
    LayerFactory body = layers.as(LayerRole.BODY);
    first = layers.as(LayerRole.HEAD).conv("conv_first", channels, width, 3, InputRange.SIGNED);
    for (int i = 0; i < name.whole("g"); i++) {
      LayerFactory group = body.under("body").under(Integer.toString(i));
      groups.add(group(group, name.whole("b"), width / name.whole("q")));
    }
    afterBody = body.conv("conv_after_body", width, width, 3, InputRange.SIGNED);
    LayerFactory enlarging = layers.as(LayerRole.UPSAMPLER).under("upsample");
    upsampler = new Upsampler(enlarging, width, target.scale());
    last = layers.as(LayerRole.TAIL).conv("conv_last", width, channels, 3, InputRange.SIGNED);
  }

  private Group group(LayerFactory layers, int size, int attentionWidth) {
    List<Block> blocks = new ArrayList<>();
    for (int i = 0; i < size; i++) {
      LayerFactory block = layers.under("residual_group").under(Integer.toString(i)).under("rcab");
      blocks.add(
          new Block(
              block.conv("0", width, width, 3, InputRange.SIGNED),
              block.conv("2", width, width, 3, InputRange.NON_NEGATIVE),
              new ChannelAttention(block.under("3").under("attention"), width, attentionWidth)));
    }
    return new Group(blocks, layers.conv("conv", width, width, 3, InputRange.SIGNED));
  }

  @Override
  public Flow head(NDArray input) {
    return Flow.start(input, first.forward(SHIFT.enter(input)));
  }

  @Override
  public int segments() {
    return groups.size();
  }

  @Override
  public Flow segment(int index, Flow flow) {
    return flow.after(groups.get(index).forward(flow.features()));
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
    return SHIFT.leave(last.forward(upsampler.forward(joined)));
  }

  @Override
  public double range() {
    return SHIFT.range();
  }

  @Override
  public int width(int segment) {
    return width;
  }
}

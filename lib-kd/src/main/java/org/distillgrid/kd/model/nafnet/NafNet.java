package org.distillgrid.kd.model.nafnet;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import java.util.ArrayList;
import java.util.List;
import org.distillgrid.kd.model.ModelName;
import org.distillgrid.kd.model.ModelTarget;
import org.distillgrid.kd.nn.Architecture;
import org.distillgrid.kd.nn.Conv2d;
import org.distillgrid.kd.nn.ConvShape;
import org.distillgrid.kd.nn.Flow;
import org.distillgrid.kd.nn.InputRange;
import org.distillgrid.kd.nn.LayerFactory;
import org.distillgrid.kd.nn.LayerRole;
import org.distillgrid.kd.nn.PixelShuffle;
import org.distillgrid.kd.nn.block.Padding;

/**
 * One NAFNet. Its segments are the levels of its U: the encoder's from fine to coarse, the middle,
 * the decoder's from coarse to fine. A level starts with what brings it to its resolution.
 */
final class NafNet implements Architecture {
  private final Conv2d first;
  private final List<Conv2d> downs = new ArrayList<>();
  private final List<Conv2d> ups = new ArrayList<>();
  private final List<List<NafBlock>> levels = new ArrayList<>();
  private final List<Integer> widths = new ArrayList<>();
  private final Conv2d last;

  NafNet(ModelName name, ModelTarget target, LayerFactory layers) {
    int channels = target.imageChannels();
    int width = name.whole("w");
    LayerFactory body = layers.as(LayerRole.BODY);
    first = layers.as(LayerRole.HEAD).conv("intro", channels, width, 3, InputRange.SIGNED);
    for (int blocks : name.wholes("e")) {
      String level = Integer.toString(downs.size());
      addLevel(body.under("encoders").under(level), width, blocks);
      ConvShape halving = new ConvShape(width, 2 * width, 2, 2, 0, 1, ConvShape.Bias.PRESENT);
      downs.add(body.under("downs").conv(level, halving, InputRange.SIGNED));
      width *= 2;
    }
    addLevel(body.under("middle_blks"), width, name.whole("m"));
    for (int blocks : name.wholes("d")) {
      String level = Integer.toString(ups.size());
      ConvShape widening = ConvShape.same(width, 2 * width, 1).withoutBias();
      ups.add(body.under("ups").under(level).conv("0", widening, InputRange.SIGNED));
      width /= 2;
      addLevel(body.under("decoders").under(level), width, blocks);
    }
    last = layers.as(LayerRole.TAIL).conv("ending", width, channels, 3, InputRange.SIGNED);
  }

  private void addLevel(LayerFactory layers, int width, int count) {
    List<NafBlock> blocks = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      blocks.add(new NafBlock(layers.under(Integer.toString(i)), width));
    }
    levels.add(blocks);
    widths.add(width);
  }

  @Override
  public Flow head(NDArray input) {
    NDArray features = first.forward(Padding.zeroTo(input, 1L << downs.size()));
    return new Flow(input, input, List.of(), features);
  }

  @Override
  public int segments() {
    return levels.size();
  }

  @Override
  public Flow segment(int index, Flow flow) {
    NDArray features = entered(index, flow);
    for (NafBlock block : levels.get(index)) {
      features = block.forward(features);
    }
    return flow.after(features);
  }

  private NDArray entered(int index, Flow flow) {
    if (index == 0) {
      return flow.features();
    }
    int middle = downs.size();
    if (index <= middle) {
      return downs.get(index - 1).forward(flow.features());
    }
    NDArray widened = ups.get(index - middle - 1).forward(flow.features());
    return PixelShuffle.of(widened, 2).add(flow.history().get(2 * middle - index));
  }

  @Override
  public NDArray tail(Flow flow) {
    Shape shape = flow.input().getShape();
    NDArray residual = Padding.crop(last.forward(flow.features()), shape.get(2), shape.get(3));
    return residual.add(flow.skip());
  }

  @Override
  public int width(int segment) {
    return widths.get(segment);
  }
}

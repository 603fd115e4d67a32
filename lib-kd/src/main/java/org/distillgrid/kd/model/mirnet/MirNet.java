package org.distillgrid.kd.model.mirnet;

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
import org.distillgrid.kd.nn.Scratch;
import org.distillgrid.kd.nn.block.Padding;
import org.distillgrid.kd.nn.block.ParametricRelu;

/** One MIRNet; every recursive residual group is a segment. */
final class MirNet implements Architecture {
  /** The PReLU of the first dual attention unit, which all others share. */
  static final String SHARED_ACTIVATION = "body.0.body.0.blocks.0.0.body.1";

  /** Multi-scale residual blocks and a convolution, added to their input. */
  private record Group(List<MultiScaleBlock> blocks, Conv2d last) {
    NDArray forward(NDArray input) {
      NDArray features = input;
      for (MultiScaleBlock block : blocks) {
        features = block.forward(features);
      }
      return last.forward(features).add(input);
    }
  }

  private final int width;
  private final long multiple;
  private final Conv2d first;
  private final List<Group> groups = new ArrayList<>();
  private final Conv2d last;

  MirNet(ModelName name, ModelTarget target, LayerFactory layers) {
    int channels = target.imageChannels();
    width = name.whole("c");
    multiple = 1L << (name.whole("h") - 1);
    first = conv(layers.as(LayerRole.HEAD), "conv_in", channels, width);
    LayerFactory body = layers.as(LayerRole.BODY);
    ParametricRelu activation = new ParametricRelu(body.under(SHARED_ACTIVATION), 1);
    for (int i = 0; i < name.whole("g"); i++) {
      groups.add(group(name, body.under("body." + i + ".body"), activation));
    }
    last = conv(layers.as(LayerRole.TAIL), "conv_out", width, channels);
  }

  private static Group group(ModelName name, LayerFactory layers, ParametricRelu activation) {
    int width = name.whole("c");
    List<MultiScaleBlock> blocks = new ArrayList<>();
    for (int i = 0; i < name.whole("b"); i++) {
      blocks.add(
          new MultiScaleBlock(
              layers.under(Integer.toString(i)),
              width,
              name.whole("h"),
              name.whole("w"),
              activation));
    }
    return new Group(blocks, conv(layers, Integer.toString(blocks.size()), width, width));
  }

  private static Conv2d conv(LayerFactory layers, String name, int in, int out) {
    return layers.conv(name, ConvShape.same(in, out, 3).withoutBias(), InputRange.SIGNED);
  }

  @Override
  public Flow head(NDArray input) {
    NDArray features = first.forward(Padding.reflectTo(input, multiple));
    return new Flow(input, input, List.of(), features);
  }

  @Override
  public int segments() {
    return groups.size();
  }

  @Override
  public Flow segment(int index, Flow flow) {
    return flow.after(Scratch.run(flow.features(), groups.get(index)::forward));
  }

  @Override
  public NDArray tail(Flow flow) {
    Shape shape = flow.input().getShape();
    NDArray residual = Padding.crop(last.forward(flow.features()), shape.get(2), shape.get(3));
    return residual.add(flow.skip());
  }

  @Override
  public int width(int segment) {
    return width;
  }
}

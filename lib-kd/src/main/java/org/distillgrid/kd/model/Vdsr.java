package org.distillgrid.kd.model;

import ai.djl.ndarray.NDArray;
import ai.djl.nn.Activation;
import java.util.ArrayList;
import java.util.List;
import org.distillgrid.kd.nn.Architecture;
import org.distillgrid.kd.nn.Conv2d;
import org.distillgrid.kd.nn.ConvShape;
import org.distillgrid.kd.nn.Flow;
import org.distillgrid.kd.nn.InputRange;
import org.distillgrid.kd.nn.LayerFactory;
import org.distillgrid.kd.nn.LayerRole;
import org.distillgrid.kd.nn.block.BicubicEnlarge;

/**
 * One VDSR. Its convolutions between the first and the last are cut into segments of three:
 * features have the size of the output, so that one tap after each convolution would fill the
 * memory.
 */
final class Vdsr implements Architecture {
  private static final int SEGMENT = 3;

  private final int width;
  private final BicubicEnlarge enlarge;
  private final Conv2d first;
  private final List<List<Conv2d>> segments = new ArrayList<>();
  private final Conv2d last;

  Vdsr(ModelName name, ModelTarget target, LayerFactory layers) {
    int channels = target.imageChannels();
    int depth = name.whole("d");
    width = name.whole("c");
    enlarge = new BicubicEnlarge(target.scale());
    first = conv(layers.as(LayerRole.HEAD), 0, ConvShape.same(channels, width, 3));
    LayerFactory body = layers.as(LayerRole.BODY);
    for (int from = 1; from < depth - 1; from += SEGMENT) {
      List<Conv2d> segment = new ArrayList<>();
      for (int i = from; i < Math.min(from + SEGMENT, depth - 1); i++) {
        segment.add(conv(body, i, ConvShape.same(width, width, 3)));
      }
      segments.add(List.copyOf(segment));
    }
    last = conv(layers.as(LayerRole.TAIL), depth - 1, ConvShape.same(width, channels, 3));
  }

  private static Conv2d conv(LayerFactory layers, int index, ConvShape shape) {
    InputRange range = InputRange.NON_NEGATIVE;
    if (index == 0) {
      range = InputRange.SIGNED;
    }
    return layers.conv(VdsrFamily.layer(index), shape.withoutBias(), range);
  }

  @Override
  public Flow head(NDArray input) {
    NDArray enlarged = enlarge.forward(input);
    NDArray features = Activation.relu(first.forward(enlarged));
    return new Flow(input, enlarged, List.of(), features);
  }

  @Override
  public int segments() {
    return segments.size();
  }

  @Override
  public Flow segment(int index, Flow flow) {
    NDArray features = flow.features();
    for (Conv2d conv : segments.get(index)) {
      features = Activation.relu(conv.forward(features));
    }
    return flow.after(features);
  }

  @Override
  public NDArray tail(Flow flow) {
    return last.forward(flow.features()).add(flow.skip());
  }

  @Override
  public int width(int segment) {
    return width;
  }
}

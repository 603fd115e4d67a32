package org.distillgrid.kd.model;

import ai.djl.ndarray.NDArray;
import java.util.ArrayList;
import java.util.List;
import org.distillgrid.kd.nn.Architecture;
import org.distillgrid.kd.nn.Conv2d;
import org.distillgrid.kd.nn.ConvShape;
import org.distillgrid.kd.nn.Deconvolution;
import org.distillgrid.kd.nn.Flow;
import org.distillgrid.kd.nn.InputRange;
import org.distillgrid.kd.nn.LayerFactory;
import org.distillgrid.kd.nn.LayerRole;
import org.distillgrid.kd.nn.block.ParametricRelu;

/** One FSRCNN; shrinking, each mapping layer and expanding are a segment each. */
final class Fsrcnn implements Architecture {
  private static final int FIRST_KERNEL = 5;
  private static final int LAST_KERNEL = 9;

  /** A convolution and its PReLU. */
  private record Stage(Conv2d conv, ParametricRelu activation, int width) {
    // Names count both in one sequence.
    static Stage of(LayerFactory layers, int place, ConvShape shape) {
      return new Stage(
          layers.conv(Integer.toString(place), shape, InputRange.SIGNED),
          new ParametricRelu(layers.under(Integer.toString(place + 1)), shape.out()),
          shape.out());
    }

    NDArray forward(NDArray input) {
      return activation.forward(conv.forward(input));
    }
  }

  private final Stage first;
  private final List<Stage> middle = new ArrayList<>();
  private final Deconvolution last;

  Fsrcnn(ModelName name, ModelTarget target, LayerFactory layers) {
    int channels = target.imageChannels();
    int wide = name.whole("d");
    int narrow = name.whole("s");
    LayerFactory head = layers.as(LayerRole.HEAD).under("first_part");
    first = Stage.of(head, 0, ConvShape.same(channels, wide, FIRST_KERNEL));
    LayerFactory body = layers.as(LayerRole.BODY).under("mid_part");
    middle.add(Stage.of(body, 0, ConvShape.same(wide, narrow, 1)));
    for (int i = 1; i <= name.whole("m"); i++) {
      middle.add(Stage.of(body, 2 * i, ConvShape.same(narrow, narrow, 3)));
    }
    middle.add(Stage.of(body, 2 * middle.size(), ConvShape.same(narrow, wide, 1)));
    ConvShape enlarging =
        ConvShape.same(wide, channels, LAST_KERNEL).strided(target.scale(), LAST_KERNEL / 2);
    last = layers.as(LayerRole.TAIL).deconvolution("last_part", enlarging, InputRange.SIGNED);
  }

  @Override
  public Flow head(NDArray input) {
    return Flow.start(input, first.forward(input));
  }

  @Override
  public int segments() {
    return middle.size();
  }

  @Override
  public Flow segment(int index, Flow flow) {
    return flow.after(middle.get(index).forward(flow.features()));
  }

  @Override
  public NDArray tail(Flow flow) {
    return last.forward(flow.features());
  }

  @Override
  public int width(int segment) {
    return middle.get(segment).width();
  }
}

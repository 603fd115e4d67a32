package org.distillgrid.kd.model;

import ai.djl.ndarray.NDArray;
import ai.djl.nn.Activation;
import java.util.List;
import org.distillgrid.kd.nn.Architecture;
import org.distillgrid.kd.nn.Conv2d;
import org.distillgrid.kd.nn.Flow;
import org.distillgrid.kd.nn.InputRange;
import org.distillgrid.kd.nn.LayerFactory;
import org.distillgrid.kd.nn.LayerRole;
import org.distillgrid.kd.nn.block.BicubicEnlarge;

/** One SRCNN; its second convolution is the only segment. */
final class Srcnn implements Architecture {
  private final int width;
  private final BicubicEnlarge enlarge;
  private final Conv2d first;
  private final Conv2d second;
  private final Conv2d third;

  Srcnn(ModelName name, ModelTarget target, LayerFactory layers) {
    int channels = target.imageChannels();
    List<Integer> kernels = name.wholes("k");
    int wide = name.wholes("c").get(0);
    width = name.wholes("c").get(1);
    enlarge = new BicubicEnlarge(target.scale());
    first =
        layers.as(LayerRole.HEAD).conv("conv1", channels, wide, kernels.get(0), InputRange.SIGNED);
    second =
        layers
            .as(LayerRole.BODY)
            .conv("conv2", wide, width, kernels.get(1), InputRange.NON_NEGATIVE);
    third =
        layers
            .as(LayerRole.TAIL)
            .conv("conv3", width, channels, kernels.get(2), InputRange.NON_NEGATIVE);
  }

  @Override
  public Flow head(NDArray input) {
    return Flow.start(input, Activation.relu(first.forward(enlarge.forward(input))));
  }

  @Override
  public int segments() {
    return 1;
  }

  @Override
  public Flow segment(int index, Flow flow) {
    return flow.after(Activation.relu(second.forward(flow.features())));
  }

  @Override
  public NDArray tail(Flow flow) {
    return third.forward(flow.features());
  }

  @Override
  public int width(int segment) {
    return width;
  }
}

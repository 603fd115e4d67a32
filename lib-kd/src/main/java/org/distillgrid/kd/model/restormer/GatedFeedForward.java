package org.distillgrid.kd.model.restormer;

import ai.djl.ndarray.NDArray;
import ai.djl.nn.Activation;
import org.distillgrid.kd.nn.Conv2d;
import org.distillgrid.kd.nn.ConvShape;
import org.distillgrid.kd.nn.InputRange;
import org.distillgrid.kd.nn.LayerFactory;
import org.distillgrid.kd.nn.Scratch;
import org.distillgrid.kd.nn.block.Halves;

/**
 * Gated-Dconv feed-forward network (GDFN): widened, a depthwise convolution, one half gated by the
 * GELU of the other, narrowed. Source: Restormer (Zamir et al., CVPR 2022).
 */
final class GatedFeedForward {
  private final Conv2d widen;
  private final Conv2d depthwise;
  private final Conv2d project;

  GatedFeedForward(LayerFactory layers, int width, int hidden, ConvShape.Bias bias) {
    int wide = 2 * hidden;
    ConvShape widening = new ConvShape(width, wide, 1, 1, 0, 1, bias);
    widen = layers.conv("project_in", widening, InputRange.SIGNED);
    ConvShape eachChannel = new ConvShape(wide, wide, 3, 1, 1, wide, bias);
    depthwise = layers.conv("dwconv", eachChannel, InputRange.SIGNED);
    ConvShape projection = new ConvShape(hidden, width, 1, 1, 0, 1, bias);
    project = layers.conv("project_out", projection, InputRange.SIGNED);
  }

  NDArray forward(NDArray input) {
    return project.forward(Scratch.run(input, this::gated));
  }

  private NDArray gated(NDArray input) {
    NDArray wide = Scratch.run(input, x -> depthwise.forward(widen.forward(x)));
    Halves halves = Halves.of(wide);
    return Activation.gelu(halves.first()).mul(halves.second());
  }
}

package org.distillgrid.kd.model.imdn;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.nn.Activation;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import org.distillgrid.kd.nn.Conv2d;
import org.distillgrid.kd.nn.InputRange;
import org.distillgrid.kd.nn.LayerFactory;
import org.distillgrid.kd.nn.block.ContrastAttention;
import org.distillgrid.kd.nn.block.SpatialAttention;

/**
 * RFDN's block: three shallow residual blocks (a 3×3 convolution with its input added), beside each
 * a 1×1 convolution that distils half of the channels; what was distilled is joined, mixed and
 * weighted.
 */
final class RfdnBlock implements FeatureDistillation.Block {
  private static final int STEPS = 3;
  private static final List<String> REFINING = List.of("conv_max", "conv3", "conv3_");

  // The channels of the spatial attention are so many times fewer than those that it weights.
  private static final int SPATIAL_REDUCTION = 4;

  private final List<Conv2d> distilling = new ArrayList<>();
  private final List<Conv2d> refining = new ArrayList<>();
  private final Conv2d last;
  private final Conv2d mix;
  private final UnaryOperator<NDArray> attention;

  /**
   * Makes the layers.
   *
   * @param reduction how many times fewer channels the contrast-aware channel attention has inside;
   *     0 puts enhanced spatial attention in its place
   */
  RfdnBlock(LayerFactory layers, int width, int reduction) {
    int distilled = width / 2;
    for (int i = 1; i <= STEPS; i++) {
      distilling.add(layers.conv("c" + i + "_d", width, distilled, 1, InputRange.SIGNED));
      refining.add(layers.conv("c" + i + "_r", width, width, 3, InputRange.SIGNED));
    }
    last = layers.conv("c4", width, distilled, 3, InputRange.SIGNED);
    mix = layers.conv("c5", distilled * (STEPS + 1), width, 1, InputRange.SIGNED);
    if (reduction == 0) {
      int inner = width / SPATIAL_REDUCTION;
      attention = new SpatialAttention(layers.under("esa"), width, inner, REFINING)::forward;
    } else {
      int inner = Math.max(1, width / reduction);
      attention = new ContrastAttention(layers.under("cca"), width, inner)::forward;
    }
  }

  @Override
  public NDArray forward(NDArray input) {
    NDList parts = new NDList(STEPS + 1);
    NDArray features = input;
    for (int i = 0; i < STEPS; i++) {
      parts.add(active(distilling.get(i).forward(features)));
      features = active(refining.get(i).forward(features).add(features));
    }
    parts.add(active(last.forward(features)));
    return attention.apply(mix.forward(NDArrays.concat(parts, 1)));
  }

  private static NDArray active(NDArray features) {
    return Activation.leakyRelu(features, FeatureDistillation.SLOPE);
  }
}

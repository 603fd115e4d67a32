package org.distillgrid.kd.model.imdn;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.nn.Activation;
import java.util.ArrayList;
import java.util.List;
import org.distillgrid.kd.nn.Conv2d;
import org.distillgrid.kd.nn.InputRange;
import org.distillgrid.kd.nn.LayerFactory;
import org.distillgrid.kd.nn.block.ContrastAttention;

/**
 * IMDN's block: three times a convolution's output is split into channels that are kept and
 * channels that the next convolution reads; what was kept is joined, weighted by channel, mixed and
 * added to the input.
 */
final class ImdnBlock implements FeatureDistillation.Block {
  /** Of so many channels one is kept; as many parts are joined. */
  static final int PARTS = 4;

  // The channels of the attention are so many times fewer than those that it weights.
  private static final int REDUCTION = 16;

  private final int kept;
  private final List<Conv2d> splitting = new ArrayList<>();
  private final Conv2d last;
  private final ContrastAttention attention;
  private final Conv2d mix;

  ImdnBlock(LayerFactory layers, int width) {
    kept = width / PARTS;
    int passed = width - kept;
    int joined = kept * PARTS;
    splitting.add(layers.conv("c1", width, width, 3, InputRange.SIGNED));
    for (int i = 2; i < PARTS; i++) {
      splitting.add(layers.conv("c" + i, passed, width, 3, InputRange.SIGNED));
    }
    last = layers.conv("c4", passed, kept, 3, InputRange.SIGNED);
    int inner = Math.max(1, joined / REDUCTION);
    attention = new ContrastAttention(layers.under("cca"), joined, inner);
    mix = layers.conv("c5", joined, width, 1, InputRange.SIGNED);
  }

  @Override
  public NDArray forward(NDArray input) {
    NDList parts = new NDList(PARTS);
    NDArray features = input;
    for (Conv2d conv : splitting) {
      NDArray active = Activation.leakyRelu(conv.forward(features), FeatureDistillation.SLOPE);
      NDList halves = active.split(new long[] {kept}, 1);
      parts.add(halves.get(0));
      features = halves.get(1);
    }
    parts.add(last.forward(features));
    return mix.forward(attention.forward(NDArrays.concat(parts, 1))).add(input);
  }
}

package org.distillgrid.kd.model.swinir;

import ai.djl.ndarray.NDArray;
import ai.djl.nn.Activation;
import org.distillgrid.kd.nn.Initializer;
import org.distillgrid.kd.nn.InputRange;
import org.distillgrid.kd.nn.LayerFactory;
import org.distillgrid.kd.nn.Linear;
import org.distillgrid.kd.nn.Scratch;
import org.distillgrid.kd.nn.block.LayerNorm;
import org.distillgrid.kd.nn.block.WindowAttention;
import org.distillgrid.kd.nn.block.WindowGrid;

/** Normalisation and window attention, normalisation and MLP; each added to its input. */
record SwinBlock(
    LayerNorm firstNorm,
    WindowAttention attention,
    LayerNorm secondNorm,
    Linear wide,
    Linear narrow) {
  static final float EPSILON = 1e-5f;

  private static final Initializer WEIGHT = Initializer.normal(0.02);
  private static final Initializer BIAS = Initializer.constant(0);

  /** The sizes that the blocks of a group share. */
  record Sizes(int width, int inner, int heads, WindowGrid grid) {}

  static SwinBlock of(LayerFactory layers, Sizes sizes, WindowAttention.Place place) {
    int width = sizes.width();
    LayerFactory mlp = layers.under("mlp");
    return new SwinBlock(
        new LayerNorm(layers.under("norm1"), width, EPSILON),
        new WindowAttention(layers.under("attn"), width, sizes.heads(), sizes.grid(), place),
        new LayerNorm(layers.under("norm2"), width, EPSILON),
        mlp.linear("fc1", width, sizes.inner(), InputRange.SIGNED, WEIGHT, BIAS),
        mlp.linear("fc2", sizes.inner(), width, InputRange.SIGNED, WEIGHT, BIAS));
  }

  /** Returns the block's output, N×H×W×C as its input. */
  NDArray forward(NDArray tokens) {
    NDArray attended = Scratch.run(tokens, x -> attention.forward(firstNorm.forward(x)).add(x));
    return Scratch.run(
        attended, x -> narrow.forward(Activation.gelu(wide.forward(secondNorm.forward(x)))).add(x));
  }
}

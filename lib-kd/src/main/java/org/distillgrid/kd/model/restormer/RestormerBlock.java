package org.distillgrid.kd.model.restormer;

import ai.djl.ndarray.NDArray;
import java.util.function.UnaryOperator;
import org.distillgrid.kd.nn.ConvShape;
import org.distillgrid.kd.nn.LayerFactory;
import org.distillgrid.kd.nn.Scratch;
import org.distillgrid.kd.nn.block.ChannelNorm;
import org.distillgrid.kd.nn.block.ChannelScale;

/** Restormer's block: transposed attention and a gated feed-forward network, each normalised. */
final class RestormerBlock {
  private static final float EPSILON = 1e-5f;

  /**
   * What the blocks of one network share.
   *
   * @param expansion hidden channels over channels of the feed-forward network
   * @param bias whether convolutions add a constant
   * @param norm how features are normalised
   */
  record Form(double expansion, ConvShape.Bias bias, Norm norm) {}

  /** How features are normalised over their channels. */
  enum Norm {
    /** Zero mean and unit variance, a factor and a constant. */
    WITH_BIAS,
    /** Unit variance and a factor. */
    BIAS_FREE
  }

  private final UnaryOperator<NDArray> firstNorm;
  private final TransposedAttention attention;
  private final UnaryOperator<NDArray> secondNorm;
  private final GatedFeedForward feedForward;

  RestormerBlock(LayerFactory layers, int width, int heads, Form form) {
    int hidden = (int) (width * form.expansion());
    firstNorm = norm(layers.under("norm1").under("body"), width, form.norm());
    attention = new TransposedAttention(layers.under("attn"), width, heads, form.bias());
    secondNorm = norm(layers.under("norm2").under("body"), width, form.norm());
    feedForward = new GatedFeedForward(layers.under("ffn"), width, hidden, form.bias());
  }

  private static UnaryOperator<NDArray> norm(LayerFactory layers, int width, Norm norm) {
    return switch (norm) {
      case WITH_BIAS -> new ChannelNorm(layers, width, EPSILON)::forward;
      case BIAS_FREE -> new ChannelScale(layers, width, EPSILON)::forward;
    };
  }

  NDArray forward(NDArray input) {
    NDArray mixed = Scratch.run(input, x -> x.add(attention.forward(firstNorm.apply(x))));
    return Scratch.run(mixed, x -> x.add(feedForward.forward(secondNorm.apply(x))));
  }
}

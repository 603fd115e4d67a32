package org.distillgrid.kd.perceptual;

import ai.djl.ndarray.NDArray;
import java.util.ArrayList;
import java.util.List;
import org.distillgrid.kd.nn.LayerFactory;

/** The residual blocks of one size of features, and the way to the next size. */
final class EncoderLevel {
  private final List<ResidualBlock> blocks = new ArrayList<>();
  private final List<AttentionBlock> attentions = new ArrayList<>();
  private final Halving halving;

  /**
   * Makes the layers.
   *
   * @param layers makes them under its own prefix
   * @param in channels that come in
   * @param index of the level
   */
  EncoderLevel(LayerFactory layers, int in, EncoderShape shape, int index) {
    int width = shape.widths().get(index);
    for (int k = 0; k < shape.blocks(); k++) {
      int before = width;
      if (k == 0) {
        before = in;
      }
      blocks.add(new ResidualBlock(layers.under("block." + k), before, width, shape.groups()));
      if (shape.attention().contains(index)) {
        attentions.add(new AttentionBlock(layers.under("attn." + k), width, shape.groups()));
      }
    }
    if (index < shape.widths().size() - 1) {
      halving = new Halving(layers.under("downsample"), width);
    } else {
      halving = null;
    }
  }

  /** Returns what its first block computes, before any attention. */
  NDArray first(NDArray input) {
    return blocks.get(0).forward(input);
  }

  /** Returns what the next level reads, from what {@link #first} returned. */
  NDArray rest(NDArray first) {
    NDArray features = attended(0, first);
    for (int k = 1; k < blocks.size(); k++) {
      features = attended(k, blocks.get(k).forward(features));
    }
    if (halving == null) {
      return features;
    }
    return halving.forward(features);
  }

  private NDArray attended(int block, NDArray features) {
    if (attentions.isEmpty()) {
      return features;
    }
    return attentions.get(block).forward(features);
  }
}

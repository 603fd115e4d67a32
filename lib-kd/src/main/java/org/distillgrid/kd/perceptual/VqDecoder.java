package org.distillgrid.kd.perceptual;

import ai.djl.ndarray.NDArray;
import java.util.ArrayList;
import java.util.List;
import org.distillgrid.kd.nn.Conv2d;
import org.distillgrid.kd.nn.InputRange;
import org.distillgrid.kd.nn.LayerFactory;
import org.distillgrid.kd.nn.PixelShuffle;
import org.distillgrid.kd.nn.Scratch;
import org.distillgrid.kd.nn.block.GroupNorm;
import org.distillgrid.kd.nn.block.Swish;

/**
 * The way back from quantised latents to images: a residual block a level, coarsest first, each
 * level enlarged by a convolution and a pixel shuffle. It serves the encoder's training alone.
 * *Reconstructed*.
 */
final class VqDecoder {
  private static final int COLOURS = 3;

  private final Conv2d enter;
  private final List<ResidualBlock> blocks = new ArrayList<>();
  private final List<Conv2d> enlarging = new ArrayList<>();
  private final GroupNorm norm;
  private final Conv2d leave;

  /**
   * Makes the layers.
   *
   * @param layers makes them under its own prefix
   */
  VqDecoder(LayerFactory layers, EncoderShape shape) {
    int last = shape.widths().size() - 1;
    int width = shape.widths().get(last);
    enter = layers.conv("conv_in", shape.embedding(), width, 3, InputRange.SIGNED);
    for (int i = last; i >= 0; i--) {
      width = shape.widths().get(i);
      blocks.add(new ResidualBlock(layers.under("up." + i), width, width, shape.groups()));
      if (i > 0) {
        int wide = 4 * shape.widths().get(i - 1);
        enlarging.add(layers.conv("up." + i + ".conv", width, wide, 3, InputRange.SIGNED));
      }
    }
    norm = new GroupNorm(layers.under("norm_out"), width, shape.groups(), ResidualBlock.EPSILON);
    leave = layers.conv("conv_out", width, COLOURS, 3, InputRange.SIGNED);
  }

  /** Returns images in [0, 1], not clamped, 16 times as high and wide. */
  NDArray forward(NDArray latents) {
    NDArray features = enter.forward(latents);
    for (int i = 0; i < blocks.size(); i++) {
      features = blocks.get(i).forward(features);
      if (i < enlarging.size()) {
        Conv2d conv = enlarging.get(i);
        features = Scratch.run(features, small -> PixelShuffle.of(conv.forward(small), 2));
      }
    }
    return Scratch.run(features, wide -> leave.forward(Swish.of(norm.forward(wide))));
  }
}

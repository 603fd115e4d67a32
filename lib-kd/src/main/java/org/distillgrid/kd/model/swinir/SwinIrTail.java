package org.distillgrid.kd.model.swinir;

import ai.djl.ndarray.NDArray;
import ai.djl.nn.Activation;
import org.distillgrid.kd.model.ModelName;
import org.distillgrid.kd.model.ModelTarget;
import org.distillgrid.kd.nn.Conv2d;
import org.distillgrid.kd.nn.InputRange;
import org.distillgrid.kd.nn.LayerFactory;
import org.distillgrid.kd.nn.LayerRole;
import org.distillgrid.kd.nn.PixelShuffle;
import org.distillgrid.kd.nn.block.Upsampler;

/** How SwinIR turns features into an image. */
sealed interface SwinIrTail {
  /** Returns the image, or what is added to it at scale 1, in the network's inner range. */
  NDArray forward(NDArray features);

  /** Makes the layers of the tail that a name and a scale ask for. */
  static SwinIrTail of(ModelName name, ModelTarget target, LayerFactory layers) {
    int width = name.whole("c");
    int channels = target.imageChannels();
    int scale = target.scale();
    LayerFactory enlarging = layers.as(LayerRole.UPSAMPLER);
    LayerFactory writing = layers.as(LayerRole.TAIL);
    if (scale == 1) {
      return new Plain(writing.conv("conv_last", width, channels, 3, InputRange.SIGNED));
    }
    if (name.whole("t") == SwinIrFamily.DIRECT_SHUFFLE) {
      int shuffled = channels * scale * scale;
      LayerFactory only = writing.under("upsample");
      return new Direct(only.conv("0", width, shuffled, 3, InputRange.SIGNED), scale);
    }
    int inner = name.whole("f");
    LayerFactory before = enlarging.under("conv_before_upsample");
    return new Shuffling(
        before.conv("0", width, inner, 3, InputRange.SIGNED),
        new Upsampler(enlarging.under("upsample"), inner, scale),
        writing.conv("conv_last", inner, channels, 3, InputRange.SIGNED));
  }

  /** {@code pixelshuffle}: for classical super-resolution. */
  record Shuffling(Conv2d before, Upsampler upsampler, Conv2d last) implements SwinIrTail {
    private static final float SLOPE = 0.01f;

    @Override
    public NDArray forward(NDArray features) {
      NDArray narrowed = Activation.leakyRelu(before.forward(features), SLOPE);
      return last.forward(upsampler.forward(narrowed));
    }
  }

  /** {@code pixelshuffledirect}: for lightweight super-resolution. */
  record Direct(Conv2d only, int scale) implements SwinIrTail {
    @Override
    public NDArray forward(NDArray features) {
      return PixelShuffle.of(only.forward(features), scale);
    }
  }

  /** No enlargement: for denoising and JPEG artefacts. */
  record Plain(Conv2d last) implements SwinIrTail {
    @Override
    public NDArray forward(NDArray features) {
      return last.forward(features);
    }
  }
}

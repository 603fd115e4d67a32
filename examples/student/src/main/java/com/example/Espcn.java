package com.example;

import ai.djl.ndarray.NDArray;
import java.util.List;
import java.util.Set;
import org.distillgrid.kd.error.ErrorCode;
import org.distillgrid.kd.error.GridException;
import org.distillgrid.kd.model.ModelFamily;
import org.distillgrid.kd.model.ModelName;
import org.distillgrid.kd.model.ModelOption;
import org.distillgrid.kd.model.ModelTarget;
import org.distillgrid.kd.nn.Architecture;
import org.distillgrid.kd.nn.Conv2d;
import org.distillgrid.kd.nn.Flow;
import org.distillgrid.kd.nn.InputRange;
import org.distillgrid.kd.nn.LayerFactory;
import org.distillgrid.kd.nn.LayerRole;
import org.distillgrid.kd.nn.PixelShuffle;

/**
 * ESPCN (Shi et al., CVPR 2016): three convolutions at the size of the input, the last of which
 * makes all pixels of the output. Known: kernels of 5, 3 and 3, 64 and 32 channels, tanh.
 * Reconstructed: convolutions pad with zeros, all image channels go through together, and at scale
 * 1 the same three restore an image without enlarging it.
 */
public final class Espcn implements ModelFamily {
  private static final String CHANNELS = "c";

  @Override
  public String name() {
    return "espcn";
  }

  @Override
  public String help() {
    return "ESPCN: three convolutions at the size of the input and a pixel shuffle";
  }

  @Override
  public List<ModelOption> options() {
    return List.of(
        ModelOption.several(
            CHANNELS, "channels after the first and second layer", List.of(64, 32), 1, 1024));
  }

  @Override
  public Set<Integer> scales() {
    return Set.of(1, 2, 3, 4);
  }

  @Override
  public Architecture build(ModelName name, ModelTarget target, LayerFactory layers) {
    List<Integer> channels = name.wholes(CHANNELS);
    if (channels.size() != 2) {
      throw GridException.of(
          ErrorCode.USAGE,
          "Cannot build %s: %s takes 2 numbers, not %d",
          name.text(),
          CHANNELS,
          channels.size());
    }
    int image = target.imageChannels();
    int wide = channels.get(0);
    int narrow = channels.get(1);
    int pixels = image * target.scale() * target.scale();
    return new SubPixel(
        layers.as(LayerRole.HEAD).conv("conv1", image, wide, 5, InputRange.NON_NEGATIVE),
        layers.as(LayerRole.BODY).conv("conv2", wide, narrow, 3, InputRange.SIGNED),
        layers.as(LayerRole.TAIL).conv("conv3", narrow, pixels, 3, InputRange.SIGNED),
        narrow,
        target.scale());
  }

  private record SubPixel(Conv2d first, Conv2d second, Conv2d third, int channels, int scale)
      implements Architecture {
    @Override
    public Flow head(NDArray input) {
      return Flow.start(input, first.forward(input).tanh());
    }

    @Override
    public int segments() {
      return 1;
    }

    @Override
    public Flow segment(int index, Flow flow) {
      return flow.after(second.forward(flow.features()).tanh());
    }

    @Override
    public NDArray tail(Flow flow) {
      return PixelShuffle.of(third.forward(flow.features()), scale);
    }

    @Override
    public int width(int segment) {
      return channels;
    }
  }
}

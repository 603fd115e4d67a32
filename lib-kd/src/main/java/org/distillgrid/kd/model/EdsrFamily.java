package org.distillgrid.kd.model;

import java.util.List;
import java.util.OptionalInt;
import java.util.Set;
import org.distillgrid.kd.error.ErrorCode;
import org.distillgrid.kd.error.GridException;
import org.distillgrid.kd.nn.Architecture;
import org.distillgrid.kd.nn.LayerFactory;

/**
 * EDSR (Lim et al., CVPR Workshops 2017): residual blocks without normalisation, then a sub-pixel
 * upsampler. Parameters are named as in BasicSR, so that its checkpoints load. Source: the paper
 * and its released code.
 */
public final class EdsrFamily implements ModelFamily {
  private static final Set<Integer> SCALES = Set.of(1, 2, 3, 4, 8);

  @Override
  public String name() {
    return "edsr";
  }

  @Override
  public String help() {
    return "EDSR: c channels, b residual blocks, r residual scale, m1 = shift by the mean of DIV2K";
  }

  @Override
  public List<ModelOption> options() {
    return List.of(
        new ModelOption("c", "channels of the features", 64, 1, 1024),
        new ModelOption("b", "residual blocks", 16, 1, 256),
        new ModelOption("r", "factor on each block's residual", 1, 0, 1),
        new ModelOption("m", "1: inputs become (x − DIV2K mean)·255, as in BasicSR", 0, 0, 1));
  }

  @Override
  public Set<Integer> scales() {
    return SCALES;
  }

  @Override
  public Architecture build(ModelName name, ModelTarget target, LayerFactory layers) {
    if (name.whole("m") == 1 && target.imageChannels() != 3) {
      throw GridException.of(
          ErrorCode.USAGE,
          "Cannot build %s: the mean shift m1 needs 3 image channels, not %d",
          name.text(),
          target.imageChannels());
    }
    return new Edsr(name, target, layers);
  }

  // Neither the residual scale nor the mean shift has a tensor of its own.
  @Override
  public List<ModelGuess> guess(TensorShapes shapes) {
    OptionalInt width = shapes.size("conv_first.weight", 0);
    OptionalInt channels = shapes.size("conv_first.weight", 1);
    if (width.isEmpty() || channels.isEmpty()) {
      return List.of();
    }
    int blocks = shapes.count("body.*.conv1.weight", 0);
    String model = "edsr-c" + width.getAsInt() + "-b" + blocks;
    int scale = shapes.upsamplerScale("upsample");
    return List.of(ModelGuess.of(model, new ModelTarget(channels.getAsInt(), scale), "m", "r"));
  }
}

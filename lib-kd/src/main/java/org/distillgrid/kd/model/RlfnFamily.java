package org.distillgrid.kd.model;

import java.util.List;
import java.util.Set;
import org.distillgrid.kd.nn.Architecture;
import org.distillgrid.kd.nn.LayerFactory;
import org.distillgrid.kd.nn.block.SpatialAttention;

/**
 * RLFN (Kong et al., CVPR Workshops 2022): six residual local feature blocks, each closed by
 * enhanced spatial attention. Images are 0..255 inside, as in the authors' weights. Source: the
 * released code.
 */
public final class RlfnFamily implements ModelFamily {
  @Override
  public String name() {
    return "rlfn";
  }

  @Override
  public String help() {
    return "RLFN: c channels, six residual local feature blocks; works on 0..255 inside";
  }

  @Override
  public List<ModelOption> options() {
    return List.of(new ModelOption("c", "channels of the features", 52, 1, 1024));
  }

  @Override
  public Set<Integer> scales() {
    return Set.of(1, 2, 3, 4, 8);
  }

  @Override
  public Architecture build(ModelName name, ModelTarget target, LayerFactory layers) {
    return new Rlfn(name, target, layers);
  }

  @Override
  public int leastSide(ModelName name) {
    return SpatialAttention.LEAST_SIDE;
  }

  @Override
  public List<ModelGuess> guess(TensorShapes shapes) {
    int channels = shapes.sizeOrZero("conv_1.weight", 1);
    int scale = shapes.shuffledScale("upsampler.0.weight", channels);
    String model = "rlfn-c" + shapes.sizeOrZero("conv_1.weight", 0);
    return List.of(ModelGuess.of(model, new ModelTarget(channels, scale)));
  }
}

package org.distillgrid.kd.model.mirnet;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.distillgrid.kd.model.ModelFamily;
import org.distillgrid.kd.model.ModelGuess;
import org.distillgrid.kd.model.ModelName;
import org.distillgrid.kd.model.ModelOption;
import org.distillgrid.kd.model.ModelTarget;
import org.distillgrid.kd.model.TensorShapes;
import org.distillgrid.kd.nn.Architecture;
import org.distillgrid.kd.nn.LayerFactory;
import org.distillgrid.kd.weights.HostTensor;

/**
 * MIRNet (Zamir et al., ECCV 2020): multi-scale residual blocks in residual groups, for images that
 * keep their size. Parameters are named as in the authors' code, swz30/MIRNet, so that their
 * checkpoints load. Source: the paper and its released code; <em>known</em>, its weight sharing
 * included.
 */
public final class MirNetFamily implements ModelFamily {
  private static final String COLUMNS = "w";
  private static final int STANDARD_COLUMNS = 2;

  @Override
  public String name() {
    return "mirnet";
  }

  @Override
  public String help() {
    return "MIRNet: c channels, g groups of b multi-scale blocks of h rows and w columns;"
        + " keeps the size";
  }

  @Override
  public List<ModelOption> options() {
    return List.of(
        new ModelOption("c", "channels of the first row", 64, DualAttention.REDUCTION, 1024),
        new ModelOption("g", "recursive residual groups", 3, 1, 64),
        new ModelOption("b", "multi-scale residual blocks of each group", 2, 1, 64),
        new ModelOption("h", "rows of a block; each halves the size, doubles channels", 3, 2, 6),
        new ModelOption(
            COLUMNS, "columns of a block, which share their weights", STANDARD_COLUMNS, 2, 8));
  }

  @Override
  public Set<Integer> scales() {
    return Set.of(1);
  }

  @Override
  public Architecture build(ModelName name, ModelTarget target, LayerFactory layers) {
    return new MirNet(name, target, layers);
  }

  // Only the authors' own checkpoints, which name a shared unit once for each column, show w.
  @Override
  public List<ModelGuess> guess(TensorShapes shapes) {
    int width = shapes.sizeOrZero("conv_in.weight", 0);
    if (width == 0) {
      return List.of();
    }
    ModelTarget target = new ModelTarget(shapes.sizeOrZero("conv_in.weight", 1), 1);
    String model =
        String.format(
            Locale.ROOT,
            "mirnet-c%d-g%d-b%d-h%d",
            width,
            shapes.count("body.*.body.0.conv_out.weight", 0),
            shapes.count("body.0.body.*.conv_out.weight", 0),
            shapes.count("body.0.body.0.selective_kernel.*.conv_du.0.weight", 0));
    int columns = shapes.count("body.0.body.0.blocks.0.*.conv1x1.weight", 0);
    if (columns < STANDARD_COLUMNS) {
      return List.of(ModelGuess.of(model, target, COLUMNS));
    }
    return List.of(ModelGuess.of(model + "-" + COLUMNS + columns, target));
  }

  @Override
  public Map<String, HostTensor> translate(
      ModelName name, ModelTarget target, Map<String, HostTensor> tensors) {
    return new MirNetCheckpoint(name).tensors(tensors);
  }
}

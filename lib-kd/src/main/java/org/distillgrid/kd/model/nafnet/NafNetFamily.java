package org.distillgrid.kd.model.nafnet;

import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.IntStream;
import org.distillgrid.kd.error.ErrorCode;
import org.distillgrid.kd.error.GridException;
import org.distillgrid.kd.model.ModelFamily;
import org.distillgrid.kd.model.ModelGuess;
import org.distillgrid.kd.model.ModelName;
import org.distillgrid.kd.model.ModelOption;
import org.distillgrid.kd.model.ModelTarget;
import org.distillgrid.kd.model.TensorShapes;
import org.distillgrid.kd.nn.Architecture;
import org.distillgrid.kd.nn.LayerFactory;

/**
 * NAFNet (Chen et al., ECCV 2022): a U of blocks without activation functions, for images that keep
 * their size. Parameters are named as in the authors' code, megvii-research/NAFNet, so that their
 * checkpoints load. Source: the paper and its released code; <em>known</em>, without the local
 * pooling at test time (TLC).
 */
public final class NafNetFamily implements ModelFamily {
  private static final int MOST_LEVELS = 8;

  @Override
  public String name() {
    return "nafnet";
  }

  @Override
  public String help() {
    return "NAFNet: w channels, e blocks of each encoder level, m in the middle, d of each decoder"
        + " level; keeps the size";
  }

  @Override
  public List<ModelOption> options() {
    return List.of(
        new ModelOption("w", "channels at full resolution; each level doubles them", 32, 1, 1024),
        ModelOption.several(
            "e", "blocks of each encoder level, fine first", List.of(1, 1, 1, 28), 0, 256),
        new ModelOption("m", "blocks at the coarsest resolution", 1, 0, 256),
        ModelOption.several(
            "d", "blocks of each decoder level, coarse first", List.of(1, 1, 1, 1), 0, 256));
  }

  @Override
  public Set<Integer> scales() {
    return Set.of(1);
  }

  @Override
  public Architecture build(ModelName name, ModelTarget target, LayerFactory layers) {
    int encoder = name.wholes("e").size();
    int decoder = name.wholes("d").size();
    if (encoder != decoder) {
      throw GridException.of(
          ErrorCode.USAGE,
          "Cannot build %s: d must have as many numbers as e, %d, not %d",
          name.text(),
          encoder,
          decoder);
    }
    if (encoder > MOST_LEVELS) {
      throw GridException.of(
          ErrorCode.USAGE,
          "Cannot build %s: e must have at most %d numbers, not %d",
          name.text(),
          MOST_LEVELS,
          encoder);
    }
    return new NafNet(name, target, layers);
  }

  @Override
  public List<ModelGuess> guess(TensorShapes shapes) {
    int levels = shapes.count("downs.*.weight", 0);
    if (levels == 0) {
      return List.of();
    }
    String model =
        String.format(
            Locale.ROOT,
            "nafnet-w%d-e%s-m%d-d%s",
            shapes.sizeOrZero("intro.weight", 0),
            blocks(shapes, "encoders", levels),
            shapes.count("middle_blks.*.beta", 0),
            blocks(shapes, "decoders", levels));
    return List.of(ModelGuess.of(model, new ModelTarget(shapes.sizeOrZero("intro.weight", 1), 1)));
  }

  private static String blocks(TensorShapes shapes, String side, int levels) {
    return ModelOption.written(
        IntStream.range(0, levels).map(level -> shapes.count(side + "." + level + ".*.beta", 0)));
  }
}

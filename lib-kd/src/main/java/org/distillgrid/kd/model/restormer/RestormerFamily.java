package org.distillgrid.kd.model.restormer;

import java.util.List;
import java.util.Set;
import org.distillgrid.kd.error.ErrorCode;
import org.distillgrid.kd.error.GridException;
import org.distillgrid.kd.model.ModelFamily;
import org.distillgrid.kd.model.ModelGuess;
import org.distillgrid.kd.model.ModelName;
import org.distillgrid.kd.model.ModelOption;
import org.distillgrid.kd.model.ModelTarget;
import org.distillgrid.kd.model.TensorShapes;
import org.distillgrid.kd.nn.Architecture;
import org.distillgrid.kd.nn.ConvShape;
import org.distillgrid.kd.nn.LayerFactory;

/**
 * Restormer (Zamir et al., CVPR 2022): a U of transformer blocks whose channels attend to each
 * other, for images that keep their size. Parameters are named as in the authors' code,
 * swz30/Restormer, so that their checkpoints load. Source: the paper and its released code;
 * <em>known</em>, without the second input image of its dual-pixel deblurring.
 */
public final class RestormerFamily implements ModelFamily {
  /** The standard of {@code h}. */
  static final List<Integer> HEADS = List.of(1, 2, 4, 8);

  /** The standard of {@code f}. */
  static final double EXPANSION = 2.66;

  @Override
  public String name() {
    return "restormer";
  }

  @Override
  public String help() {
    return "Restormer: c channels, b blocks and h heads of each of four levels, r refining blocks;"
        + " keeps the size";
  }

  @Override
  public List<ModelOption> options() {
    return List.of(
        new ModelOption("c", "channels at full resolution; each level doubles them", 48, 2, 1024),
        ModelOption.several(
            "b", "blocks of each level, fine first, the latent last", List.of(4, 6, 6, 8), 0, 256),
        new ModelOption("r", "blocks of the refinement", 4, 0, 256),
        ModelOption.several("h", "heads of each level", HEADS, 1, 256),
        new ModelOption("f", "hidden channels over channels, rounded down", EXPANSION, 1, 16),
        new ModelOption("bias", "1: convolutions inside blocks add a constant", 0, 0, 1),
        new ModelOption("norm", "1: norm WithBias, 0: norm BiasFree", 1, 0, 1));
  }

  @Override
  public Set<Integer> scales() {
    return Set.of(1);
  }

  @Override
  public Architecture build(ModelName name, ModelTarget target, LayerFactory layers) {
    for (String key : List.of("b", "h")) {
      requireFour(name, key);
    }
    requireWholeHeads(name);
    ConvShape.Bias bias = ConvShape.Bias.ABSENT;
    if (name.whole("bias") == 1) {
      bias = ConvShape.Bias.PRESENT;
    }
    RestormerBlock.Norm norm = RestormerBlock.Norm.BIAS_FREE;
    if (name.whole("norm") == 1) {
      norm = RestormerBlock.Norm.WITH_BIAS;
    }
    return new Restormer(
        name, target, layers, new RestormerBlock.Form(name.number("f"), bias, norm));
  }

  @Override
  public List<ModelGuess> guess(TensorShapes shapes) {
    return new RestormerShapes(shapes).guess().stream().toList();
  }

  private static void requireFour(ModelName name, String key) {
    int count = name.wholes(key).size();
    if (count != Restormer.LEVELS) {
      throw GridException.of(
          ErrorCode.USAGE,
          "Cannot build %s: %s must have %d numbers, one a level, not %d",
          name.text(),
          key,
          Restormer.LEVELS,
          count);
    }
  }

  private static void requireWholeHeads(ModelName name) {
    if (name.whole("c") % 2 != 0) {
      throw GridException.of(
          ErrorCode.USAGE, "Cannot build %s: c must be even, not %d", name.text(), name.whole("c"));
    }
    for (int level = 0; level < Restormer.LEVELS; level++) {
      int width = name.whole("c") << level;
      int heads = name.wholes("h").get(level);
      if (width % heads != 0) {
        throw GridException.of(
            ErrorCode.USAGE,
            "Cannot build %s: level %d has %d channels, which h does not divide: %d",
            name.text(),
            level + 1,
            width,
            heads);
      }
    }
  }
}

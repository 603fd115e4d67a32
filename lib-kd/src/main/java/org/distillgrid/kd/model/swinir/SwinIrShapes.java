package org.distillgrid.kd.model.swinir;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.IntStream;
import org.distillgrid.kd.model.ModelGuess;
import org.distillgrid.kd.model.ModelOption;
import org.distillgrid.kd.model.ModelTarget;
import org.distillgrid.kd.model.RoundedSize;
import org.distillgrid.kd.model.TensorShapes;

/**
 * Reads the options of a SwinIR off the shapes of a checkpoint.
 *
 * @param shapes under the names of the authors' code
 */
record SwinIrShapes(TensorShapes shapes) {
  private static final String FIRST = "conv_first.weight";
  private static final String BLOCK = "layers.0.residual_group.blocks.0.";
  private static final String BEFORE_SHUFFLE = "conv_before_upsample.0.weight";
  private static final String UPSAMPLER = "upsample";

  /** Returns the network; none if there are no groups of blocks. The range of images shows not. */
  Optional<ModelGuess> guess() {
    int groups = shapes.count("layers.*.conv.weight", 0);
    if (groups == 0) {
      return Optional.empty();
    }
    return RoundedSize.factor(List.of(mlp()), SwinIrFamily.MLP_RATIO)
        .map(ratio -> ModelGuess.of(trunk(groups, ratio) + tail(), target(), "i"));
  }

  private RoundedSize mlp() {
    String wide = BLOCK + "mlp.fc1.weight";
    return new RoundedSize(shapes.sizeOrZero(wide, 1), shapes.sizeOrZero(wide, 0));
  }

  private String trunk(int groups, String ratio) {
    return String.format(
        Locale.ROOT,
        "swinir-c%d-d%s-h%s-w%d-m%s",
        shapes.sizeOrZero(FIRST, 0),
        ModelOption.written(depths(groups)),
        ModelOption.written(heads(groups)),
        window(),
        ratio);
  }

  private IntStream depths(int groups) {
    return IntStream.range(0, groups).map(this::depth);
  }

  // One number stands for all groups if they agree.
  private IntStream heads(int groups) {
    int[] heads = IntStream.range(0, groups).map(this::headsOf).toArray();
    if (Arrays.stream(heads).distinct().count() == 1) {
      return IntStream.of(heads[0]);
    }
    return Arrays.stream(heads);
  }

  private int depth(int group) {
    return shapes.count("layers." + group + ".residual_group.blocks.*.norm1.weight", 0);
  }

  private int headsOf(int group) {
    return shapes.sizeOrZero(table("layers." + group + ".residual_group.blocks.0."), 1);
  }

  // One row for every offset of two places, of which there are 2w − 1 either way.
  private int window() {
    return (int) (Math.sqrt(shapes.sizeOrZero(table(BLOCK), 0)) + 1) / 2;
  }

  private static String table(String block) {
    return block + "attn.relative_position_bias_table";
  }

  // At scale 1 there is one tail only, whatever the options say.
  private String tail() {
    if (shapes.has(BEFORE_SHUFFLE)) {
      return "-t" + SwinIrFamily.SHUFFLE + "-f" + shapes.sizeOrZero(BEFORE_SHUFFLE, 0);
    }
    if (shapes.has(UPSAMPLER + ".0.weight")) {
      return "-t" + SwinIrFamily.DIRECT_SHUFFLE;
    }
    return "";
  }

  private ModelTarget target() {
    int channels = shapes.sizeOrZero(FIRST, 1);
    if (shapes.has(UPSAMPLER + ".0.weight") && !shapes.has(BEFORE_SHUFFLE)) {
      return new ModelTarget(channels, shapes.shuffledScale(UPSAMPLER + ".0.weight", channels));
    }
    return new ModelTarget(channels, shapes.upsamplerScale(UPSAMPLER));
  }
}

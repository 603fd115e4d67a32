package org.distillgrid.kd.model.swinir;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
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
import org.distillgrid.kd.weights.HostTensor;

/**
 * SwinIR (Liang et al., ICCV Workshops 2021): residual groups of Swin transformer blocks between
 * convolutions. Parameters are named as in the authors' code and BasicSR, so that their checkpoints
 * load. Groups end in one convolution ({@code 1conv}); the variant with three, the tail {@code
 * nearest+conv}, dropout and stochastic depth (0.1 in the authors' training, nothing at inference)
 * are left out. Source: the paper and its released code.
 */
public final class SwinIrFamily implements ModelFamily {
  /** Value of {@code t}: convolution, enlargement in features, convolution. */
  static final int SHUFFLE = 1;

  /** Value of {@code t}: one convolution and one pixel shuffle. */
  static final int DIRECT_SHUFFLE = 2;

  /** The standard of {@code m}. */
  static final double MLP_RATIO = 2;

  private static final List<Integer> CLASSICAL_DEPTHS = List.of(6, 6, 6, 6, 6, 6);

  // What the network computes by itself; the authors' checkpoints carry both.
  private static final Pattern BUFFER =
      Pattern.compile(
          "layers\\.\\d+\\.residual_group\\.blocks\\.\\d+\\."
              + "(attn_mask|attn\\.relative_position_index)");

  @Override
  public String name() {
    return "swinir";
  }

  @Override
  public String help() {
    return "SwinIR: c channels, d blocks of each group, h heads, w window, m MLP ratio, t tail";
  }

  @Override
  public List<ModelOption> options() {
    return List.of(
        new ModelOption("c", "channels of the features", 180, 1, 1024),
        ModelOption.several(
            "d", "blocks of each group, even in the paper", CLASSICAL_DEPTHS, 1, 64),
        ModelOption.oneForAll("h", "attention heads: of all groups, or of each", 6, 1, 64),
        new ModelOption("w", "pixels along a window's side", 8, 2, 64),
        new ModelOption("m", "channels inside an MLP to those outside", MLP_RATIO, 0.1, 16),
        new ModelOption("t", "tail: 1 = pixelshuffle, 2 = pixelshuffledirect", SHUFFLE, 1, 2),
        new ModelOption("f", "channels of the pixelshuffle tail", 64, 1, 1024),
        new ModelOption("i", "range of the images inside: 1, or 255 for JPEG", 1, 1, 255));
  }

  @Override
  public Set<Integer> scales() {
    return Set.of(1, 2, 3, 4, 8);
  }

  @Override
  public Architecture build(ModelName name, ModelTarget target, LayerFactory layers) {
    int groups = name.wholes("d").size();
    int headNumbers = name.wholes("h").size();
    if (headNumbers != 1 && headNumbers != groups) {
      throw GridException.of(
          ErrorCode.USAGE,
          "Cannot build %s: h takes one number or as many as d (%d), not %d",
          name.text(),
          groups,
          headNumbers);
    }
    for (int heads : name.wholes("h")) {
      if (name.whole("c") % heads != 0) {
        throw GridException.of(
            ErrorCode.USAGE,
            "Cannot build %s: its %d channels are no multiple of %d heads",
            name.text(),
            name.whole("c"),
            heads);
      }
    }
    return new SwinIr(name, target, layers);
  }

  @Override
  public List<ModelGuess> guess(TensorShapes shapes) {
    return new SwinIrShapes(shapes).guess().stream().toList();
  }

  @Override
  public Map<String, HostTensor> translate(
      ModelName name, ModelTarget target, Map<String, HostTensor> tensors) {
    Map<String, HostTensor> parameters = new TreeMap<>(tensors);
    parameters.keySet().removeIf(key -> BUFFER.matcher(key).matches());
    return parameters;
  }
}

package org.distillgrid.kd.model;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.distillgrid.kd.nn.Architecture;
import org.distillgrid.kd.nn.LayerFactory;
import org.distillgrid.kd.weights.HostTensor;

/**
 * VDSR (Kim et al., CVPR 2016): a chain of 3×3 convolutions without biases that predicts what the
 * bicubically enlarged image lacks; one set of weights serves every scale. Parameters are counted
 * through, {@code conv00.weight} to {@code conv19.weight}; checkpoints of twtygqyy/pytorch-vdsr
 * load too. Source: the paper and that code base.
 */
public final class VdsrFamily implements ModelFamily {
  // What twtygqyy's code calls the first convolution, and those between the first and the last.
  private static final String THEIR_FIRST = "input.weight";
  private static final String THEIR_MIDDLE = "residual_layer.*.conv.weight";

  @Override
  public String name() {
    return "vdsr";
  }

  @Override
  public String help() {
    return "VDSR: d convolutions of c channels, added to the bicubically enlarged image";
  }

  @Override
  public List<ModelOption> options() {
    return List.of(
        new ModelOption("c", "channels of the features", 64, 1, 1024),
        new ModelOption("d", "convolutions", 20, 3, 99));
  }

  @Override
  public Set<Integer> scales() {
    return Set.of(1, 2, 3, 4, 8);
  }

  @Override
  public Architecture build(ModelName name, ModelTarget target, LayerFactory layers) {
    return new Vdsr(name, target, layers);
  }

  // The image is enlarged before the first convolution, so that no shape shows by how much.
  @Override
  public List<ModelGuess> guess(TensorShapes shapes) {
    String first = layer(0) + ".weight";
    int depth = 0;
    while (shapes.has(layer(depth) + ".weight")) {
      depth++;
    }
    if (shapes.has(THEIR_FIRST)) {
      first = THEIR_FIRST;
      depth = shapes.count(THEIR_MIDDLE, 0) + 2;
    }
    String model = "vdsr-c" + shapes.sizeOrZero(first, 0) + "-d" + depth;
    return ModelGuess.everyScale(this, model, shapes.sizeOrZero(first, 1));
  }

  @Override
  public Map<String, HostTensor> translate(
      ModelName name, ModelTarget target, Map<String, HostTensor> tensors) {
    int depth = name.whole("d");
    Renaming renaming =
        new Renaming()
            .rule("input\\.weight", layer(0) + ".weight")
            .rule("output\\.weight", layer(depth - 1) + ".weight");
    for (int i = 0; i < depth - 2; i++) {
      renaming.rule("residual_layer\\." + i + "\\.conv\\.weight", layer(i + 1) + ".weight");
    }
    return renaming.apply(tensors);
  }

  /** Returns the name of a convolution, counted from 0. */
  static String layer(int index) {
    return String.format(Locale.ROOT, "conv%02d", index);
  }
}

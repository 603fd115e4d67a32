package org.distillgrid.kd.model;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.distillgrid.kd.error.ErrorCode;
import org.distillgrid.kd.error.GridException;
import org.distillgrid.kd.nn.Architecture;
import org.distillgrid.kd.nn.LayerFactory;

/**
 * SRCNN (Dong et al., ECCV 2014 and TPAMI 2016): three convolutions over the bicubically enlarged
 * image. The standard kernels are the paper's largest, 9-5-5; its first are {@code k9x1x5}; both
 * may be written as there, {@code srcnn-9-1-5}. Every convolution pads with zeros, as PyTorch
 * implementations do; the paper's training pads nothing. Parameters are named as in
 * yjn870/SRCNN-pytorch. Source: the paper.
 */
public final class SrcnnFamily implements ModelFamily {
  private static final int LAYERS = 3;
  private static final Pattern KERNELS =
      Pattern.compile("srcnn-([0-9]{1,2})-([0-9]{1,2})-([0-9]{1,2})");

  @Override
  public String name() {
    return "srcnn";
  }

  @Override
  public String help() {
    return "SRCNN: three convolutions of kernels k, with c channels between them, on the"
        + " bicubically enlarged image";
  }

  @Override
  public List<ModelOption> options() {
    return List.of(
        ModelOption.several(
            "c", "channels after the first and second layer", List.of(64, 32), 1, 1024),
        ModelOption.several("k", "kernel sides of the three layers, odd", List.of(9, 5, 5), 1, 31));
  }

  @Override
  public String spelled(String name) {
    return KERNELS.matcher(name).replaceFirst("srcnn-k$1x$2x$3");
  }

  @Override
  public Optional<String> paperNames() {
    return Optional.of(KERNELS.pattern());
  }

  @Override
  public Set<Integer> scales() {
    return Set.of(1, 2, 3, 4, 8);
  }

  @Override
  public Architecture build(ModelName name, ModelTarget target, LayerFactory layers) {
    requireCount(name, "c", LAYERS - 1);
    requireCount(name, "k", LAYERS);
    for (int kernel : name.wholes("k")) {
      if (kernel % 2 == 0) {
        throw GridException.of(
            ErrorCode.USAGE, "Cannot build %s: kernels must be odd: %d", name.text(), kernel);
      }
    }
    return new Srcnn(name, target, layers);
  }

  // The image is enlarged before the first convolution, so that no shape shows by how much.
  @Override
  public List<ModelGuess> guess(TensorShapes shapes) {
    IntStream kernels =
        IntStream.rangeClosed(1, LAYERS)
            .map(layer -> shapes.sizeOrZero("conv" + layer + ".weight", 2));
    String model =
        String.format(
            Locale.ROOT,
            "srcnn-c%dx%d-k%s",
            shapes.sizeOrZero("conv1.weight", 0),
            shapes.sizeOrZero("conv2.weight", 0),
            ModelOption.written(kernels));
    return ModelGuess.everyScale(this, model, shapes.sizeOrZero("conv1.weight", 1));
  }

  private static void requireCount(ModelName name, String key, int count) {
    if (name.wholes(key).size() != count) {
      throw GridException.of(
          ErrorCode.USAGE,
          "Cannot build %s: %s takes %d numbers, not %d",
          name.text(),
          key,
          count,
          name.wholes(key).size());
    }
  }
}

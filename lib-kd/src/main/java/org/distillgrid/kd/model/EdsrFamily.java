package org.distillgrid.kd.model;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.distillgrid.kd.error.ErrorCode;
import org.distillgrid.kd.error.GridException;
import org.distillgrid.kd.nn.Architecture;
import org.distillgrid.kd.nn.LayerFactory;
import org.distillgrid.kd.weights.HostTensor;

/**
 * EDSR (Lim et al., CVPR Workshops 2017): residual blocks without normalisation, then a sub-pixel
 * upsampler. Parameters are named as in BasicSR; checkpoints of BasicSR and of the authors' PyTorch
 * code (sanghyun-son/EDSR-PyTorch) load. Both shift by the mean of DIV2K: that is option m1. Their
 * 256×32 scale residuals by 0.1: {@code edsr-c256-b32-r0.1-m1}. Source: the paper and its released
 * code.
 */
public final class EdsrFamily implements ModelFamily {
  private static final Set<Integer> SCALES = Set.of(1, 2, 3, 4, 8);

  // BasicSR's names and sanghyun-son's.
  private static final List<Names> CODE_BASES =
      List.of(
          new Names("conv_first.weight", "body.*.conv1.weight", "upsample"),
          new Names("head.0.weight", "body.*.body.0.weight", "tail.0"));

  /** What a code base calls the tensors that tell a network's sizes. */
  private record Names(String first, String block, String upsampler) {}

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

  // No shape shows the residual scale, and the mean shift only where it is stored.
  @Override
  public List<ModelGuess> guess(TensorShapes shapes) {
    return CODE_BASES.stream().map(names -> guess(shapes, names)).toList();
  }

  private static ModelGuess guess(TensorShapes shapes, Names names) {
    int width = shapes.sizeOrZero(names.first(), 0);
    int blocks = shapes.count(names.block(), 0);
    int scale = shapes.upsamplerScale(names.upsampler());
    ModelTarget target = new ModelTarget(shapes.sizeOrZero(names.first(), 1), scale);
    String model = "edsr-c" + width + "-b" + blocks;
    if (StoredMeanShift.isIn(shapes)) {
      return ModelGuess.of(model + "-m1", target, "r");
    }
    return ModelGuess.of(model, target, "m", "r");
  }

  /**
   * {@inheritDoc}
   *
   * @throws GridException if they store a mean shift that the named network does not make
   */
  @Override
  public Map<String, HostTensor> translate(
      ModelName name, ModelTarget target, Map<String, HostTensor> tensors) {
    if (StoredMeanShift.isIn(tensors) && name.whole("m") == 0) {
      throw GridException.of(
          ErrorCode.INPUT,
          "Cannot load weights into %s: they hold a mean shift (sub_mean), so the model is %s-m1",
          name.text(),
          name.text().replace("-m0", ""));
    }
    int blocks = name.whole("b");
    return new Renaming()
        .rule("head\\.0\\.(\\w+)", "conv_first.$1")
        .rule("body\\.(\\d+)\\.body\\.0\\.(\\w+)", "body.$1.conv1.$2")
        .rule("body\\.(\\d+)\\.body\\.2\\.(\\w+)", "body.$1.conv2.$2")
        .rule("body\\." + blocks + "\\.(weight|bias)", "conv_after_body.$1")
        .rule("tail\\.0\\.(\\d+)\\.(\\w+)", "upsample.$1.$2")
        .rule("tail\\.1\\.(\\w+)", "conv_last.$1")
        .apply(StoredMeanShift.removed(name, tensors));
  }
}

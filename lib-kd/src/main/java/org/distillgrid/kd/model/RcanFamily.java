package org.distillgrid.kd.model;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.distillgrid.kd.error.ErrorCode;
import org.distillgrid.kd.error.GridException;
import org.distillgrid.kd.nn.Architecture;
import org.distillgrid.kd.nn.LayerFactory;
import org.distillgrid.kd.weights.HostTensor;

/**
 * RCAN (Zhang et al., ECCV 2018): residual groups of residual blocks with channel attention, then a
 * sub-pixel upsampler. Images are (x − mean of DIV2K)·255 inside. Parameters are named as in
 * BasicSR; checkpoints of BasicSR and of the authors (yulunzhang/RCAN) load. Source: the paper and
 * both code bases.
 */
public final class RcanFamily implements ModelFamily {
  private static final int REDUCTION = 16;

  // BasicSR's names and the authors'.
  private static final List<Names> CODE_BASES =
      List.of(
          new Names(
              "conv_first.weight",
              "body.*.residual_group.0.rcab.0.weight",
              "body.0.residual_group.*.rcab.0.weight",
              "body.0.residual_group.0.rcab.3.attention.1.weight",
              "upsample"),
          new Names(
              "head.0.weight",
              "body.*.body.0.body.0.weight",
              "body.0.body.*.body.0.weight",
              "body.0.body.0.body.3.conv_du.0.weight",
              "tail.0"));

  /** What a code base calls the tensors that tell a network's sizes. */
  private record Names(
      String first, String group, String block, String attention, String upsampler) {}

  @Override
  public String name() {
    return "rcan";
  }

  @Override
  public String help() {
    return "RCAN: c channels, g groups of b blocks with channel attention over c/q channels;"
        + " works on (x − DIV2K mean)·255 inside";
  }

  @Override
  public List<ModelOption> options() {
    return List.of(
        new ModelOption("c", "channels of the features", 64, 1, 1024),
        new ModelOption("g", "residual groups", 10, 1, 256),
        new ModelOption("b", "residual blocks of each group", 20, 1, 256),
        new ModelOption("q", "channels over those inside the attention", REDUCTION, 1, 1024));
  }

  @Override
  public Set<Integer> scales() {
    return Set.of(1, 2, 3, 4, 8);
  }

  @Override
  public Architecture build(ModelName name, ModelTarget target, LayerFactory layers) {
    if (name.whole("q") > name.whole("c")) {
      throw GridException.of(
          ErrorCode.USAGE,
          "Cannot build %s: q must not exceed the %d channels: %d",
          name.text(),
          name.whole("c"),
          name.whole("q"));
    }
    return new Rcan(name, target, layers);
  }

  @Override
  public List<ModelGuess> guess(TensorShapes shapes) {
    return CODE_BASES.stream().map(names -> guess(shapes, names)).toList();
  }

  private static ModelGuess guess(TensorShapes shapes, Names names) {
    int width = shapes.sizeOrZero(names.first(), 0);
    RoundedSize attention = new RoundedSize(width, shapes.sizeOrZero(names.attention(), 0));
    String model =
        String.format(
            Locale.ROOT,
            "rcan-c%d-g%d-b%d-q%d",
            width,
            shapes.count(names.group(), 0),
            shapes.count(names.block(), 0),
            attention.divisor(REDUCTION));
    int channels = shapes.sizeOrZero(names.first(), 1);
    return ModelGuess.of(
        model, new ModelTarget(channels, shapes.upsamplerScale(names.upsampler())));
  }

  @Override
  public Map<String, HostTensor> translate(
      ModelName name, ModelTarget target, Map<String, HostTensor> tensors) {
    String block = "body\\.(\\d+)\\.body\\.(\\d+)\\.body\\.";
    return new Renaming()
        .rule("head\\.0\\.(\\w+)", "conv_first.$1")
        .rule(block + "([02])\\.(\\w+)", "body.$1.residual_group.$2.rcab.$3.$4")
        .rule(block + "3\\.conv_du\\.0\\.(\\w+)", "body.$1.residual_group.$2.rcab.3.attention.1.$3")
        .rule(block + "3\\.conv_du\\.2\\.(\\w+)", "body.$1.residual_group.$2.rcab.3.attention.3.$3")
        .rule("body\\.(\\d+)\\.body\\." + name.whole("b") + "\\.(weight|bias)", "body.$1.conv.$2")
        .rule("body\\." + name.whole("g") + "\\.(weight|bias)", "conv_after_body.$1")
        .rule("tail\\.0\\.(\\d+)\\.(\\w+)", "upsample.$1.$2")
        .rule("tail\\.1\\.(\\w+)", "conv_last.$1")
        .apply(StoredMeanShift.removed(name, tensors));
  }
}

package org.distillgrid.kd.train;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.distillgrid.kd.model.Models;

/** One small network of every family that is registered. */
final class SmallModels {
  /** That of a new family is added here. */
  private static final List<String> ALL =
      List.of(
          "dncnn-c8-d4-n1",
          "edsr-c8-b2",
          "fsrcnn-d16-s8-m2",
          "imdn-c8-b2",
          "mirnet-c8-g1-b1-h2",
          "nafnet-w4-e1x1-m1-d1x1",
          "rcan-c8-g1-b2-q4",
          "restormer-c4-b1x1x1x1-r1-h1x1x2x2",
          "rfdn-c8-b2",
          "rlfn-c4",
          "srcnn-c16x8-k5x3x5",
          "swinir-c8-d2-h2-t2",
          "vdsr-c8-d4");

  private SmallModels() {}

  /** Returns the one of a family. */
  static String of(String family) {
    List<String> models = ALL.stream().filter(model -> isOf(family, model)).toList();
    assertThat(models).as("small networks of the family %s", family).hasSize(1);
    return models.get(0);
  }

  /** Returns those that restore at a scale. */
  static List<String> at(int scale) {
    return Models.registry().all().stream()
        .filter(family -> family.scales().contains(scale))
        .map(family -> of(family.name()))
        .toList();
  }

  private static boolean isOf(String family, String model) {
    return model.split("-", 2)[0].equals(family);
  }
}

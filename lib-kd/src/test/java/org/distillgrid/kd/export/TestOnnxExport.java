package org.distillgrid.kd.export;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.ndarray.NDManager;
import org.distillgrid.kd.model.ModelTarget;
import org.distillgrid.kd.quant.Bits;
import org.distillgrid.kd.quant.QuantizedNetwork;
import org.distillgrid.kd.random.Draws;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Exported full-precision networks in ONNX Runtime against the networks themselves. */
class TestOnnxExport {
  private static final double TOLERANCE = 1e-4;

  @ParameterizedTest
  @CsvSource({
    "edsr-c4-b2, 2, 3",
    "edsr-c4-b1-m1, 3, 3",
    "edsr-c4-b1-r0.1, 1, 1",
    "rlfn-c8, 4, 3",
    "rcan-c8-g2-b2-q4, 4, 3",
    "imdn-c8-b2, 3, 3",
    "rfdn-c8-b2, 2, 3",
    "rfdn-c8-b2-r4, 2, 1",
    "rfdn-c8-b1-r4-i255, 2, 3",
    "srcnn-c8x4, 3, 1",
    "vdsr-d5-c8, 2, 3",
    "vdsr-d5-c8, 4, 1",
    "fsrcnn-d8-s4-m2, 2, 1",
    "fsrcnn-d8-s4-m2, 3, 3",
    "dncnn-c8-d4, 1, 1",
    "mirnet-c8-g1-b1-h2-w3, 1, 1",
    "mirnet-c8-g1-b2-h3, 1, 3",
    "nafnet-w4-e1x1x1-m1-d1x1x1, 1, 3",
    "restormer-c4-b1x1x1x1-r1-h1x1x2x2, 1, 3",
    "restormer-c4-b1x1x1x1-r1-h1x1x2x2-norm0, 1, 1"
  })
  void computesTheSameAtAnySize(String model, int scale, int channels) {
    try (NDManager manager = NDManager.newBaseManager();
        QuantizedNetwork student = student(model, scale, channels, manager)) {
      OnnxFile file = OnnxExport.of(student, 24, 32);
      assertThat(file.obstacle()).isEmpty();
      assertThat(file.size()).isEmpty();
      // One that networks have to enlarge by themselves, and one that they have not.
      assertThat(Parity.greatest(student, file, Parity.images(manager, 2, channels, 22, 29)))
          .isLessThan(TOLERANCE);
      assertThat(Parity.greatest(student, file, Parity.images(manager, 1, channels, 48, 64)))
          .isLessThan(TOLERANCE);
    }
  }

  @ParameterizedTest
  @CsvSource({"swinir-c8-d2x2-h2, 2, 24, 32", "swinir-c8-d2-h2, 1, 21, 30"})
  void saysWhereOneSizeOnlyIsPossible(String model, int scale, int height, int width) {
    try (NDManager manager = NDManager.newBaseManager();
        QuantizedNetwork student = student(model, scale, 3, manager)) {
      OnnxFile file = OnnxExport.of(student, height, width);
      assertThat(file.size()).contains(new OnnxFile.Size(height, width));
      assertThat(file.obstacle()).contains("goes with the size in no known way");
      assertThat(Parity.greatest(student, file, Parity.images(manager, 1, 3, height, width)))
          .isLessThan(TOLERANCE);
    }
  }

  private static QuantizedNetwork student(
      String model, int scale, int channels, NDManager manager) {
    ModelTarget target = new ModelTarget(channels, scale);
    return QuantizedNetwork.build(model, target, "fp", Bits.FULL, Draws.of("student"), manager);
  }
}

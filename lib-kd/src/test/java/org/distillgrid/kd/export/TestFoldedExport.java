package org.distillgrid.kd.export;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.apache.commons.rng.UniformRandomProvider;
import org.distillgrid.kd.model.ModelTarget;
import org.distillgrid.kd.nn.Parameter;
import org.distillgrid.kd.nn.Tensors;
import org.distillgrid.kd.quant.Bits;
import org.distillgrid.kd.quant.QuantizedNetwork;
import org.distillgrid.kd.random.Draws;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Batch normalisation goes into weights, integers and scales; no trace of it is left. */
class TestFoldedExport {
  @ParameterizedTest
  @CsvSource({
    "fp, fp",
    "minmax, w8a8",
    "minmax-symmetric, w8a8",
    "minmax-pertensor, w4a8",
    "lsq, w4a4",
    "dorefa, w4a8"
  })
  void batchNormalisationIsFolded(String quantizer, String bits) {
    try (NDManager manager = NDManager.newBaseManager();
        QuantizedNetwork student =
            QuantizedNetwork.build(
                "dncnn-c8-d5-n1",
                new ModelTarget(1, 1),
                quantizer,
                Bits.parse(bits),
                Draws.of("student"),
                manager)) {
      for (Parameter parameter : student.network().parameters().all()) {
        if (parameter.shape().dimension() == 1) {
          disturb(parameter, manager);
        }
      }
      NDArray images = Parity.images(manager, 2, 1, 22, 29);
      student.calibrate(List.of(images));
      OnnxFile file = OnnxExport.of(student, 24, 32);
      assertThat(file.size()).isEmpty();
      assertThat(new String(file.bytes(), StandardCharsets.ISO_8859_1))
          .doesNotContain("BatchNormalization")
          .doesNotContain("running_mean");
      assertThat(Parity.greatest(student, file, images)).isLessThanOrEqualTo(Parity.step(student));
    }
  }

  // Factors of both signs, and nothing that is trivially zero or one.
  private static void disturb(Parameter parameter, NDManager manager) {
    UniformRandomProvider draws = Draws.of("disturb").at(0, parameter.name());
    float[] values = new float[Math.toIntExact(parameter.shape().size())];
    for (int i = 0; i < values.length; i++) {
      values[i] = draws.nextFloat() - 0.4f;
      if (parameter.name().endsWith("running_var")) {
        values[i] = 0.5f + draws.nextFloat();
      }
    }
    parameter.assign(Tensors.aligned(values, parameter.shape(), manager));
  }
}

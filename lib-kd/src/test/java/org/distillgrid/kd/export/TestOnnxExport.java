package org.distillgrid.kd.export;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import java.util.List;
import org.distillgrid.kd.model.ModelTarget;
import org.distillgrid.kd.quant.Bits;
import org.distillgrid.kd.quant.Student;
import org.distillgrid.kd.random.Draws;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Exported networks in ONNX Runtime against the networks themselves. */
class TestOnnxExport {
  @ParameterizedTest
  @CsvSource({"edsr-c4-b2, 2", "edsr-c4-b1-m1, 3", "rlfn-c8, 4", "rlfn-c8, 2"})
  void aFullPrecisionStudentComputesTheSame(String model, int scale) {
    try (NDManager manager = NDManager.newBaseManager();
        Student student = student(model, scale, "fp", "fp", manager)) {
      OnnxFile file = OnnxExport.of(student, 24, 32);
      assertThat(file.obstacle()).isEmpty();
      assertThat(file.size()).isEmpty();
      assertThat(Parity.greatest(student, file, Parity.images(manager, 2, 3, 22, 29)))
          .isLessThan(1e-4);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "minmax, w8a8",
    "minmax-pertensor, w8a8",
    "minmax-symmetric, w8a8",
    "minmax, w4a8",
    "minmax, w6a6",
    "minmax, w4a4",
    "lsq, w4a4",
    "lsq, w8a8",
    "lsq, w2a2",
    "pams, w8a8",
    "pams, w4a4",
    "ddtb, w8a8",
    "ddtb, w4a4",
    "dorefa, w8a8",
    "dorefa, w4a4",
    "percentile, w8a4",
    "dobi, w4a4",
    "2dquant, w3a3",
    "minmax-head-tail-upsampler, w8a8",
    "minmax, w8a32",
    "minmax, w32a8"
  })
  void aQuantizedStudentComputesTheSame(String quantizer, String bits) {
    for (String model : new String[] {"edsr-c8-b2", "rlfn-c8"}) {
      try (NDManager manager = NDManager.newBaseManager();
          Student student = student(model, 2, quantizer, bits, manager)) {
        NDArray images = Parity.images(manager, 2, 3, 24, 32);
        student.calibrate(List.of(images));
        OnnxFile file = OnnxExport.of(student, 24, 32);
        System.out.println(
            model
                + " "
                + quantizer
                + " "
                + bits
                + " "
                + file.bytes().length
                + " "
                + file.obstacle()
                + " "
                + Parity.greatest(student, file, Parity.images(manager, 2, 3, 22, 29)));
      } catch (RuntimeException e) {
        System.out.println(model + " " + quantizer + " " + bits + " " + e.getMessage());
      }
    }
  }

  private static Student student(
      String model, int scale, String quantizer, String bits, NDManager manager) {
    return Student.build(
        model,
        new ModelTarget(3, scale),
        quantizer,
        Bits.parse(bits),
        Draws.of("student"),
        manager);
  }
}

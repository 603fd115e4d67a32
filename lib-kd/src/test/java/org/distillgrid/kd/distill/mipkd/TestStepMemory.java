package org.distillgrid.kd.distill.mipkd;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import java.util.Optional;
import org.distillgrid.kd.distill.Distiller;
import org.distillgrid.kd.distill.StepTensors;
import org.distillgrid.kd.nn.GradientMode;
import org.distillgrid.kd.nn.Pass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A cohort shares the teacher's pass: what a student's hybrids make must go with its own step. */
class TestStepMemory {
  @ParameterizedTest
  @CsvSource({
    "edsr-c4-b3, imdn-c8-b4, 2",
    "imdn-c8-b3, edsr-c4-b3, 2",
    "edsr-c4-b3, vdsr-c6-d8, 2",
    "edsr-c4-b3, swinir-c8-d2x2x2-h2-w8-t1, 2",
    "nafnet-w4-e1-m1-d1, restormer-c4-b1x1x1x1-r1-h1x1x2x2, 1",
    "dncnn-c4-d4-n1, dncnn-c6-d5-n1, 1"
  })
  void nothingIsLeftBesideTheTeachersPass(String student, String teacher, int scale) {
    try (Joined joined = new Joined(student, teacher, scale)) {
      Distiller method = joined.method("mipkd");
      Pass teaching = GradientMode.off(() -> Pass.of(joined.teacher.architecture(), joined.input));
      step(joined, method, teaching, 0);
      NDManager shared = joined.input.getManager();
      int before = shared.getManagedArrays().size();
      for (int step = 1; step < 6; step++) {
        step(joined, method, teaching, step);
      }
      assertThat(shared.getManagedArrays()).hasSize(before);
    }
  }

  private static void step(Joined joined, Distiller method, Pass teaching, long step) {
    try (NDManager own = joined.input.getManager().newSubManager()) {
      NDArray input = joined.input.reshape(joined.input.getShape());
      input.attach(own);
      Pass taught = Pass.of(joined.student.architecture(), input);
      StepTensors tensors =
          new StepTensors(step, input, joined.target, taught, Optional.of(teaching));
      assertThat(method.loss(tensors).total().getManager()).isSameAs(own);
    }
  }
}

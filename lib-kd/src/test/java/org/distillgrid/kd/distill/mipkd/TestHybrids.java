package org.distillgrid.kd.distill.mipkd;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Hybrids whose mixers change nothing are the networks themselves, whatever their architecture. */
class TestHybrids {
  private static final float TOLERANCE = 1e-5f;

  @ParameterizedTest
  @CsvSource({
    "edsr-c4-b3, rlfn-c6, 2",
    "edsr-c4-b2, edsr-c6-b5, 2",
    "rcan-c8-g2-b1-q4, rcan-c8-g4-b1-q4, 2",
    "swinir-c8-d2x2x2-h2-w4-t1, swinir-c12-d2x2x2-h2-w4-t1, 2",
    "edsr-c4-b3, swinir-c8-d2x2x2-h2-w8-t1, 2",
    "edsr-c4-b3, vdsr-c6-d8, 2",
    "rfdn-c8-b3, imdn-c8-b4, 2",
    "fsrcnn-d8-s4-m2, fsrcnn-d8-s6-m3, 2",
    "srcnn-c8x4-k5x3x5, edsr-c4-b3, 2",
    "nafnet-w4-e1x1-m1-d1x1, nafnet-w6-e1x1-m1-d1x1, 1",
    "nafnet-w4-e1-m1-d1, restormer-c4-b1x1x1x1-r1-h1x1x2x2, 1",
    "edsr-c4-b3, nafnet-w4-e1x1-m1-d1x1, 1",
    "dncnn-c4-d4-n1, dncnn-c6-d5-n1, 1"
  })
  void onlyTheTeachersPartsAreTheTeacher(String student, String teacher, int scale) {
    try (Joined joined = new Joined(student, teacher, scale)) {
      float[] output = joined.teacher.forward(joined.input).toFloatArray();
      for (BlockMixer.Mode mode : BlockMixer.Mode.values()) {
        NDArray hybrid =
            joined.hybrid(
                Branch.TEACHER, mode, (from, to) -> mixer(identity(), widened(to), identity()));
        assertThat(hybrid.toFloatArray()).containsExactly(output, within(TOLERANCE));
      }
    }
  }

  @ParameterizedTest
  @CsvSource({
    "edsr-c4-b3, rlfn-c6, 2",
    "rcan-c8-g2-b1-q4, rcan-c8-g4-b1-q4, 2",
    "swinir-c8-d2x2x2-h2-w4-t1, swinir-c12-d2x2x2-h2-w4-t1, 2",
    "rfdn-c8-b3, imdn-c8-b4, 2",
    "nafnet-w4-e1x1-m1-d1x1, nafnet-w6-e1x1-m1-d1x1, 1",
    "restormer-c4-b1x1x1x1-r1-h1x1x2x2, restormer-c8-b1x1x1x1-r1-h1x1x2x2, 1"
  })
  void onlyTheStudentsPartsAreTheStudent(String student, String teacher, int scale) {
    try (Joined joined = new Joined(student, teacher, scale)) {
      float[] output = joined.student.forward(joined.input).toFloatArray();
      for (BlockMixer.Mode mode : BlockMixer.Mode.values()) {
        NDArray hybrid =
            joined.hybrid(
                Branch.STUDENT, mode, (from, to) -> mixer(widened(from), identity(), widened(to)));
        assertThat(hybrid.toFloatArray()).containsExactly(output, within(TOLERANCE));
      }
    }
  }

  private static FeatureMixer mixer(
      UnaryOperator<NDArray> fromTeacher,
      UnaryOperator<NDArray> fromStudent,
      UnaryOperator<NDArray> toTeacher) {
    return new FeatureMixer(fromTeacher, fromStudent, toTeacher, Optional.of(identity()));
  }

  private static UnaryOperator<NDArray> identity() {
    return features -> features;
  }

  private static UnaryOperator<NDArray> widened(long width) {
    return features -> features.get(":,0:1").repeat(1, width);
  }
}

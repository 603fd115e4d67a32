package org.distillgrid.kd.image.filter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TestKernel {
  private static final Offset<Double> PRINTED = within(5e-5);

  @Test
  void aMotionIsThatOfMatlab() {
    // fspecial('motion', 3, 45), as MATLAB prints it.
    Kernel kernel = Kernel.motion(3, 45);
    assertThat(kernel.height()).isEqualTo(3);
    assertThat(kernel.width()).isEqualTo(3);
    double[] printed = {0, 0.0754, 0.1883, 0.0754, 0.3215, 0.0754, 0.1883, 0.0754, 0};
    assertThat(kernel.weights()).containsExactly(printed, PRINTED);
  }

  @Test
  void aLevelMotionIsAMean() {
    Kernel level = Kernel.motion(5, 0);
    assertThat(level.height()).isEqualTo(1);
    assertThat(level.weights()).containsExactly(new double[] {.2, .2, .2, .2, .2}, within(1e-12));
    Kernel upright = Kernel.motion(5, 90);
    assertThat(upright.width()).isEqualTo(1);
    assertThat(upright.weights()).containsExactly(level.weights(), within(1e-9));
  }

  @ParameterizedTest
  @CsvSource({"2, 10", "15, 33", "20.5, 110", "100, 179"})
  void aMotionGoesBothWaysAndKeepsBrightness(double length, double degrees) {
    double[] weights = Kernel.motion(length, degrees).weights();
    assertThat(Arrays.stream(weights).sum()).isCloseTo(1, within(1e-12));
    for (int i = 0; i < weights.length; i++) {
      assertThat(weights[i]).isCloseTo(weights[weights.length - 1 - i], within(1e-15));
    }
  }

  @Test
  void aGaussianFallsAsItsFormulaSays() {
    Kernel row = Kernel.gaussianRow(1.6);
    assertThat(row.width()).isEqualTo(13);
    assertThat(Arrays.stream(row.weights()).sum()).isCloseTo(1, within(1e-12));
    assertThat(row.at(0, 3) / row.at(0, 0))
        .isCloseTo(Math.exp(-9 / (2 * 1.6 * 1.6)), within(1e-12));
    assertThat(row.transposed().at(-3, 0)).isEqualTo(row.at(0, 3));
    assertThat(row.transposed().width()).isEqualTo(1);
  }
}

package org.distillgrid.kd.prediction;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class TestFixedPoint {
  /** Half a step of (1.25 + 0.25) / 65,535, and what rounding to a float adds. */
  private static final double BOUND = 1.5 / 65_535 / 2 + 1e-7;

  @Test
  void isOffByHalfAStepAtMost() {
    double worst = 0;
    for (int i = 0; i <= 1_000_000; i++) {
      float sample = (float) (-0.25 + 1.5 * i / 1e6);
      double error = Math.abs(FixedPoint.sample(FixedPoint.of(sample)) - (double) sample);
      worst = Math.max(worst, error);
    }
    assertThat(worst).isLessThan(BOUND).isGreaterThan(BOUND / 2);
    assertThat(BOUND).isLessThan(1.2e-5);
  }

  @Test
  void keepsWhatItHasKept() {
    for (int value = 0; value <= 65_535; value++) {
      assertThat((int) FixedPoint.of(FixedPoint.sample((char) value))).isEqualTo(value);
    }
  }

  @Test
  void cutsOffWhatLiesBeyondItsRange() {
    assertThat(FixedPoint.sample(FixedPoint.of(-3))).isEqualTo(-0.25f);
    assertThat(FixedPoint.sample(FixedPoint.of(7))).isCloseTo(1.25f, within(1e-7f));
  }

  @Test
  void refusesWhatIsNoNumber() {
    assertThatThrownBy(() -> FixedPoint.of(Float.NaN))
        .hasMessage("Cannot keep predictions: the teacher's output is NaN");
    assertThatThrownBy(() -> FixedPoint.of(Float.NEGATIVE_INFINITY))
        .hasMessage("Cannot keep predictions: the teacher's output is -Infinity");
  }
}

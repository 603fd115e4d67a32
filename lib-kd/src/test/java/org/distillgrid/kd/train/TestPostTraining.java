package org.distillgrid.kd.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

/** What eight bits cost a released network; other widths take longer and are integration tests. */
class TestPostTraining {
  private static final double FULL_PRECISION = 38.066;

  @Test
  void eightBitsCostLittle() {
    assertThat(PostTraining.psnr("fp", "fp")).isCloseTo(FULL_PRECISION, within(0.001));
    assertThat(PostTraining.psnr("minmax", "w8a8")).isBetween(FULL_PRECISION - 0.3, FULL_PRECISION);
  }
}

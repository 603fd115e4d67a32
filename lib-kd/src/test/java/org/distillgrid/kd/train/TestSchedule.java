package org.distillgrid.kd.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;

class TestSchedule {
  @Test
  void theRateFallsAtEachFraction() {
    Schedule schedule = new Schedule(100, 4, 0.1, List.of(0.4, 0.8), 0.5, 0, 10, 10);
    assertThat(schedule.rateAt(0)).isEqualTo(0.1);
    assertThat(schedule.rateAt(39)).isEqualTo(0.1);
    assertThat(schedule.rateAt(40)).isCloseTo(0.05, within(1e-12));
    assertThat(schedule.rateAt(79)).isCloseTo(0.05, within(1e-12));
    assertThat(schedule.rateAt(99)).isCloseTo(0.025, within(1e-12));
  }
}

package org.distillgrid.kd.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.assertj.core.data.Offset;
import org.distillgrid.kd.train.recipe.RateCourse;
import org.junit.jupiter.api.Test;

class TestSchedule {
  private static final Schedule STEPS =
      new Schedule(100, 4, 0.1, List.of(0.4, 0.8), 0.5, 0, 10, 10);

  @Test
  void theRateFallsAtEachFraction() {
    Schedule schedule = STEPS;
    assertThat(schedule.rateAt(0)).isEqualTo(0.1);
    assertThat(schedule.rateAt(39)).isEqualTo(0.1);
    assertThat(schedule.rateAt(40)).isCloseTo(0.05, within(1e-12));
    assertThat(schedule.rateAt(79)).isCloseTo(0.05, within(1e-12));
    assertThat(schedule.rateAt(99)).isCloseTo(0.025, within(1e-12));
  }

  @Test
  void aCosineFallsToTheLeastRate() {
    Schedule schedule = STEPS.withCourse(RateCourse.cosine(0.02));
    assertThat(schedule.rateAt(0)).isEqualTo(0.1);
    // Halfway the cosine is 0, at a quarter the root of a half.
    assertThat(schedule.rateAt(50)).isCloseTo(0.06, close());
    assertThat(schedule.rateAt(25)).isCloseTo(0.02 + 0.04 * (1 + Math.sqrt(0.5)), close());
    assertThat(schedule.rateAt(75)).isCloseTo(0.02 + 0.04 * (1 - Math.sqrt(0.5)), close());
    assertThat(schedule.rateAt(99)).isBetween(0.02, 0.0201);
    for (long step = 1; step < 100; step++) {
      assertThat(schedule.rateAt(step)).isLessThan(schedule.rateAt(step - 1));
    }
  }

  @Test
  void aCosineMayBeginLater() {
    Schedule schedule = STEPS.withCourse(new RateCourse(RateCourse.Shape.COSINE, 0, 0.4, 0));
    assertThat(schedule.rateAt(40)).isEqualTo(0.1);
    assertThat(schedule.rateAt(41)).isLessThan(0.1);
    // A third and a half of the sixty steps that are left.
    assertThat(schedule.rateAt(60)).isCloseTo(0.075, close());
    assertThat(schedule.rateAt(70)).isCloseTo(0.05, close());
  }

  @Test
  void theRateRisesInALineWhileItWarmsUp() {
    Schedule cosine = STEPS.withCourse(RateCourse.cosine(0).warmedUp(20));
    assertThat(cosine.rateAt(0)).isCloseTo(0.005, close());
    assertThat(cosine.rateAt(9)).isCloseTo(0.05, close());
    assertThat(cosine.rateAt(19)).isCloseTo(0.1, close());
    assertThat(cosine.rateAt(20)).isEqualTo(0.1);
    // Half of the eighty steps after the warm-up.
    assertThat(cosine.rateAt(60)).isCloseTo(0.05, close());

    Schedule steps = STEPS.withCourse(RateCourse.STANDARD.warmedUp(50));
    assertThat(steps.rateAt(24)).isCloseTo(0.05, close());
    assertThat(steps.rateAt(49)).isCloseTo(0.05, close());
    assertThat(steps.rateAt(79)).isEqualTo(STEPS.rateAt(79));
  }

  private static Offset<Double> close() {
    return within(1e-12);
  }
}

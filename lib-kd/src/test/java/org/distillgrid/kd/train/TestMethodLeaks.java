package org.distillgrid.kd.train;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Stream;
import org.distillgrid.kd.perceptual.NarrowEncoder;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** No registered method keeps more arrays after a hundred steps than after a dozen. */
class TestMethodLeaks {
  private static final String STUDENT = "edsr-c4-b3";
  private static final String TEACHER = "edsr-c6-b4";
  // What a method does only from time to time, a warm-up say, has begun by then.
  private static final int SETTLED = 12;
  private static final int STEPS = 100;

  static Stream<String> methods() {
    return RegisteredMethods.all().stream();
  }

  @ParameterizedTest
  @MethodSource("methods")
  void arraysDoNotPileUp(String method) {
    Schedule schedule = new Schedule(STEPS, 2, 1e-3, List.of(), 1, 0.9, 200, 200);
    TrialSetup trial = new TrialSetup(method, Cell.of(STUDENT, "w4a4", "lsq", method, 7));
    CohortSetup setup =
        Cohorts.of(schedule, Cohorts.teacher(TEACHER), trial).withEncoder(NarrowEncoder.weights());
    assertThat(Cohorts.withoutLeak(SETTLED, setup).finished).hasSize(1);
  }
}

package org.distillgrid.kd.train;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.ndarray.NDManager;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.distillgrid.kd.model.Network;
import org.distillgrid.kd.perceptual.NarrowEncoder;
import org.distillgrid.kd.random.Draws;
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
    TrialSetup trial = new TrialSetup(method, STUDENT, "w4a4", "lsq", method);
    CohortSetup setup = Cohorts.of(schedule, teacher(), trial).perceivedBy(NarrowEncoder.weights());
    int[] counts = new int[STEPS + 1];
    Cohorts.Recorder recorder;
    try (NDManager manager = Cohorts.CPU.open()) {
      recorder =
          new Cohorts.Recorder() {
            @Override
            public void stepEnded(long step, long steps) {
              counts[(int) step] = manager.getManagedArrays().size();
            }
          };
      CohortTraining.run(manager, setup, Map.of(), recorder);
    }
    assertThat(recorder.failures).isEmpty();
    assertThat(recorder.finished).hasSize(1);
    assertThat(Arrays.stream(counts, SETTLED, STEPS + 1).distinct().toArray()).hasSize(1);
  }

  private static Optional<CohortSetup.Teacher> teacher() {
    try (NDManager manager = NDManager.newBaseManager();
        Network network = Network.build(TEACHER, Cohorts.TARGET, Draws.of("teacher"), manager)) {
      return Optional.of(new CohortSetup.Teacher(TEACHER, network.checkpoint()));
    }
  }
}

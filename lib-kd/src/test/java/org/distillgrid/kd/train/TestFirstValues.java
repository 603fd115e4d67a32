package org.distillgrid.kd.train;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Pins the values that a student starts from: every weight of a run depends on them. */
class TestFirstValues {
  private static final Schedule NONE = new Schedule(0, 2, 1e-3, List.of(), 1, 0.9, 1, 1);

  @ParameterizedTest
  @CsvSource({
    "edsr-c4-b1,14b137a01661f3577b80e1be2e7e5d7bf84c3359be5fbfaed193d02321a88e89",
    "edsr-b1-c4,7b182fc8fbf87b158a667e9de4232ead7817e2d7134b8530fb10a5028f8ea898",
  })
  void dependOnTheStudentsNameAsItIsWritten(String student, String hash) {
    TrialSetup trial = new TrialSetup("first", Cell.of(student, "fp", "fp", "none", 7));
    Cohorts.Recorder recorder = Cohorts.run(Cohorts.of(NONE, Optional.empty(), trial), Map.of());

    assertThat(recorder.finished.get("first").weightHash()).isEqualTo(hash);
  }
}

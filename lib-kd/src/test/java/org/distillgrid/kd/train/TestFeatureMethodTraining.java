package org.distillgrid.kd.train;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.distillgrid.kd.weights.Checkpoint;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Training with methods that compare features of networks of other widths and depths. */
class TestFeatureMethodTraining {
  private static final String STUDENT = "edsr-c4-b3";
  private static final String TEACHER = "edsr-c6-b4";

  @ParameterizedTest
  @ValueSource(
      strings = {
        "fitnet",
        "at(points=3)",
        "rkd",
        "fakd(side=8)",
        "fakd(pixel=1)+fitnet(loss=mse)",
        "dukd(consistency=1)",
        "slkd"
      })
  void aResumedTrialEndsAsAnUninterruptedOne(String method) {
    TrialSetup trial = trial(method);
    CohortSetup setup = Cohorts.of(Cohorts.SHORT, Cohorts.teacher(TEACHER), trial);
    Cohorts.Recorder whole = Cohorts.run(setup, Map.of());
    assertThat(whole.failures).isEmpty();
    Map<String, Checkpoint> saved = Cohorts.lostAfter(7, setup);
    TrainedTrial resumed = Cohorts.run(setup, saved).finished.get(trial.id());
    TrainedTrial uninterrupted = whole.finished.get(trial.id());
    assertThat(resumed.weightHash()).isEqualTo(uninterrupted.weightHash());
    assertThat(resumed.curve()).isEqualTo(uninterrupted.curve());
  }

  @Test
  void arraysDoNotPileUpWithAugmentationsUndone() {
    String method = "dukd(consistency=1)";
    Schedule hundred = new Schedule(100, 2, 1e-3, List.of(), 1, 0.9, 200, 200);
    CohortSetup setup = Cohorts.of(hundred, Cohorts.teacher(TEACHER), trial(method));
    assertThat(Cohorts.withoutLeak(2, setup).finished).hasSize(1);
  }

  @Test
  void theTermsOfFeaturesGoDown() {
    Schedule longer = new Schedule(60, 4, 3e-3, List.of(), 1, 0.9, 20, 100);
    for (String method : List.of("fitnet", "fakd(side=8)")) {
      TrialSetup trial = trial(method);
      Cohorts.Recorder recorder =
          Cohorts.run(Cohorts.of(longer, Cohorts.teacher(TEACHER), trial), Map.of());
      String series = "loss/" + method.replaceAll("\\(.*", "");
      List<Double> losses =
          recorder.finished.get(trial.id()).curve().stream()
              .filter(point -> point.series().equals(series))
              .map(CurvePoint::value)
              .toList();
      assertThat(losses).as(method).hasSize(3);
      assertThat(losses.get(2)).as(method).isLessThan(losses.get(0));
    }
  }

  private static TrialSetup trial(String method) {
    return new TrialSetup("w4a4/" + method, Cell.of(STUDENT, "w4a4", "lsq", method, 7));
  }
}

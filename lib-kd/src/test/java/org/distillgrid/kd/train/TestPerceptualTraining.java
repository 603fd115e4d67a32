package org.distillgrid.kd.train;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.distillgrid.kd.perceptual.NarrowEncoder;
import org.distillgrid.kd.weights.Checkpoint;
import org.junit.jupiter.api.Test;

/** Training with methods that compare images in an encoder, which a cohort has once. */
class TestPerceptualTraining {
  private static final String TEACHER = "edsr-c6-b2";
  private static final String METHOD = "csd(weight=1,negatives=1)";

  @Test
  void aResumedTrialEndsAsAnUninterruptedOneAndAsOneAmongOthers() {
    TrialSetup trial = Cohorts.trial("w4a4", "lsq", METHOD);
    TrialSetup other = Cohorts.trial("w4a4", "lsq", "csd+logits");
    TrialSetup plain = Cohorts.trial("w4a4", "lsq", "none");
    CohortSetup setup = cohort(Cohorts.SHORT, trial);
    TrainedTrial whole = Cohorts.run(setup, Map.of()).finished.get(trial.id());
    Cohorts.Recorder together = Cohorts.run(cohort(Cohorts.SHORT, plain, trial, other), Map.of());
    assertThat(together.failures).isEmpty();
    assertThat(together.finished.get(trial.id()).weightHash()).isEqualTo(whole.weightHash());
    assertThat(together.finished.values().stream().map(TrainedTrial::weightHash).distinct())
        .hasSize(3);
    Map<String, Checkpoint> saved = Cohorts.lostAfter(7, setup);
    TrainedTrial resumed = Cohorts.run(setup, saved).finished.get(trial.id());
    assertThat(resumed.weightHash()).isEqualTo(whole.weightHash());
    assertThat(resumed.curve()).isEqualTo(whole.curve());
  }

  @Test
  void arraysDoNotPileUpAndTheTermFalls() {
    Schedule hundred = new Schedule(100, 2, 3e-3, List.of(), 1, 0.9, 50, 200);
    TrialSetup trial = Cohorts.trial("fp", "fp", METHOD);
    Cohorts.Recorder recorder = Cohorts.withoutLeak(2, cohort(hundred, trial));
    List<Double> terms =
        recorder.finished.get(trial.id()).curve().stream()
            .filter(point -> point.series().equals("loss/csd"))
            .map(CurvePoint::value)
            .toList();
    assertThat(terms).hasSize(2);
    assertThat(terms.get(1)).isLessThan(terms.get(0));
  }

  @Test
  void aTrialThatLacksItsEncoderFailsAlone() {
    TrialSetup trial = Cohorts.trial("fp", "fp", METHOD);
    TrialSetup plain = Cohorts.trial("fp", "fp", "logits");
    Cohorts.Recorder recorder =
        Cohorts.run(Cohorts.of(Cohorts.SHORT, Cohorts.teacher(TEACHER), trial, plain), Map.of());
    assertThat(recorder.finished).containsOnlyKeys(plain.id());
    assertThat(recorder.failures.get(trial.id()))
        .hasMessageContaining("it compares images in an encoder, and the cohort has none");
  }

  private static CohortSetup cohort(Schedule schedule, TrialSetup... trials) {
    return Cohorts.of(schedule, Cohorts.teacher(TEACHER), trials)
        .withEncoder(NarrowEncoder.weights());
  }
}

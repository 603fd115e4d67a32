package org.distillgrid.kd.train;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.distillgrid.kd.weights.Checkpoint;
import org.junit.jupiter.api.Test;

class TestCohortTraining {
  private static final String TEACHER = "edsr-c8-b2";

  private static final TrialSetup[] EIGHT = {
    Cohorts.trial("fp", "fp", "none"),
    Cohorts.trial("fp", "fp", "logits"),
    Cohorts.trial("w8a8", "lsq", "none"),
    Cohorts.trial("w8a8", "lsq", "logits"),
    Cohorts.trial("w4a4", "lsq", "none"),
    Cohorts.trial("w4a4", "lsq", "logits"),
    Cohorts.trial("w2a2", "lsq", "logits"),
    Cohorts.trial("w4a4", "minmax", "none")
  };

  @Test
  void aTrialIsTheSameAloneAsAmongSevenOthers() {
    Cohorts.Recorder together = run(EIGHT);
    assertThat(together.failures).isEmpty();
    assertThat(together.finished).hasSize(8);
    for (TrialSetup trial : EIGHT) {
      TrainedTrial alone = run(trial).finished.get(trial.id());
      TrainedTrial among = together.finished.get(trial.id());
      assertThat(among.weightHash()).as(trial.id()).isEqualTo(alone.weightHash());
      assertThat(among.curve()).as(trial.id()).isEqualTo(alone.curve());
    }
    assertThat(together.finished.values().stream().map(TrainedTrial::weightHash).distinct())
        .hasSize(8);
  }

  @Test
  void aResumedTrialEndsAsAnUninterruptedOne() {
    TrialSetup trial = Cohorts.trial("w4a4", "lsq", "logits");
    TrainedTrial whole = run(trial).finished.get(trial.id());
    CohortSetup setup = Cohorts.of(Cohorts.SHORT, Cohorts.teacher(TEACHER), trial);
    Map<String, Checkpoint> saved = Cohorts.lostAfter(7, setup);
    assertThat(TrainingSlot.isHeld()).isFalse();
    assertThat(saved.get(trial.id()).metadata()).containsEntry("step", "5");
    TrainedTrial resumed = Cohorts.run(setup, saved).finished.get(trial.id());
    assertThat(resumed.weightHash()).isEqualTo(whole.weightHash());
    assertThat(resumed.curve()).isEqualTo(whole.curve());
    assertThat(resumed.steps()).isEqualTo(12);
  }

  @Test
  void aResumedTrialJoinsOthersAtItsStep() {
    TrialSetup late = Cohorts.trial("w4a4", "lsq", "logits");
    TrialSetup fresh = Cohorts.trial("fp", "fp", "none");
    Cohorts.Recorder first = run(late);
    CohortSetup setup = Cohorts.of(Cohorts.SHORT, Cohorts.teacher(TEACHER), late, fresh);
    Cohorts.Recorder second = Cohorts.run(setup, Map.of(late.id(), first.states.get(late.id())));
    assertThat(second.finished.get(late.id()).weightHash())
        .isEqualTo(first.finished.get(late.id()).weightHash());
    assertThat(second.finished.get(fresh.id()).weightHash())
        .isEqualTo(run(fresh).finished.get(fresh.id()).weightHash());
  }

  @Test
  void aFailingTrialLeavesTheOthersAlone() {
    TrialSetup good = Cohorts.trial("fp", "fp", "none");
    TrialSetup bad = new TrialSetup("bad", Cell.of("edsr-c4-b1", "w4a4", "lsq", "csd", 7));
    Cohorts.Recorder recorder = run(bad, good);
    assertThat(recorder.failures).containsOnlyKeys("bad");
    assertThat(recorder.failures.get("bad")).hasMessageContaining("Cannot use method csd");
    assertThat(recorder.finished).containsOnlyKeys(good.id());
  }

  @Test
  void aTrialWhoseLossExplodesFailsWithItsStep() {
    TrialSetup trial = Cohorts.trial("fp", "fp", "none");
    Schedule wild = new Schedule(40, 2, 1e30, List.of(), 1, 0.9, 10, 10);
    Cohorts.Recorder recorder = Cohorts.run(Cohorts.of(wild, Optional.empty(), trial), Map.of());
    assertThat(recorder.failures.get(trial.id()).getMessage())
        .matches("Cannot go on at step \\d+: the loss is (NaN|Infinity)");
  }

  @Test
  void trainingLowersTheLoss() {
    TrialSetup trial = Cohorts.trial("w8a8", "lsq", "none");
    Schedule longer = new Schedule(80, 4, 3e-3, List.of(), 1, 0.9, 20, 100);
    Cohorts.Recorder recorder = Cohorts.run(Cohorts.of(longer, Optional.empty(), trial), Map.of());
    List<Double> losses =
        recorder.finished.get(trial.id()).curve().stream()
            .filter(point -> point.series().equals("loss/total"))
            .map(CurvePoint::value)
            .toList();
    assertThat(losses).hasSize(4);
    assertThat(losses.get(3)).isLessThan(losses.get(0) / 2);
  }

  @Test
  void aPostTrainingQuantisedTrialTakesNoStep() {
    TrialSetup trial = Cohorts.trial("w4a4", "minmax", "none");
    Cohorts.Recorder recorder = run(trial);
    assertThat(recorder.lastStep).isZero();
    TrainedTrial trained = recorder.finished.get(trial.id());
    assertThat(trained.steps()).isZero();
    assertThat(trained.weights().metadata()).containsEntry("quantizer", "minmax");
  }

  @Test
  void arraysDoNotPileUp() {
    TrialSetup trial = Cohorts.trial("w4a4", "lsq", "logits");
    Schedule hundred = new Schedule(100, 2, 1e-3, List.of(), 1, 0.9, 200, 200);
    CohortSetup setup = Cohorts.of(hundred, Cohorts.teacher(TEACHER), trial);
    Cohorts.withoutLeak(2, setup);
  }

  private static Cohorts.Recorder run(TrialSetup... trials) {
    return Cohorts.run(Cohorts.of(Cohorts.SHORT, Cohorts.teacher(TEACHER), trials), Map.of());
  }
}

package org.distillgrid.kd.train;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.ndarray.NDManager;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.distillgrid.kd.model.Network;
import org.distillgrid.kd.perceptual.NarrowEncoder;
import org.distillgrid.kd.random.Draws;
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
    int[] counts = new int[101];
    Cohorts.Recorder recorder;
    try (NDManager manager = Cohorts.CPU.open()) {
      recorder =
          new Cohorts.Recorder() {
            @Override
            public void stepEnded(long step, long steps) {
              counts[(int) step] = manager.getManagedArrays().size();
            }
          };
      CohortTraining.run(manager, cohort(hundred, trial), Map.of(), recorder);
    }
    assertThat(Arrays.stream(counts, 2, 50).distinct().toArray()).hasSize(1);
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
        Cohorts.run(Cohorts.of(Cohorts.SHORT, teacher(), trial, plain), Map.of());
    assertThat(recorder.finished).containsOnlyKeys(plain.id());
    assertThat(recorder.failures.get(trial.id()))
        .hasMessageContaining("it compares images in an encoder, and the cohort has none");
  }

  private static CohortSetup cohort(Schedule schedule, TrialSetup... trials) {
    return Cohorts.of(schedule, teacher(), trials).perceivedBy(NarrowEncoder.weights());
  }

  private static Optional<CohortSetup.Teacher> teacher() {
    try (NDManager manager = NDManager.newBaseManager();
        Network network = Network.build(TEACHER, Cohorts.TARGET, Draws.of("teacher"), manager)) {
      return Optional.of(new CohortSetup.Teacher(TEACHER, network.checkpoint()));
    }
  }
}

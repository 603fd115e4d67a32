package org.distillgrid.kd.train;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.ndarray.NDManager;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.stream.IntStream;
import org.distillgrid.kd.distill.FirstRecipes;
import org.distillgrid.kd.model.ModelTarget;
import org.distillgrid.kd.model.Network;
import org.distillgrid.kd.perceptual.NarrowEncoder;
import org.distillgrid.kd.random.Draws;
import org.distillgrid.kd.task.Denoising;
import org.distillgrid.kd.train.patches.PatchSource;
import org.distillgrid.kd.weights.Checkpoint;
import org.distillgrid.kd.weights.HostTensor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** DCKD in whole trainings, with a history student that is quantised as the student is. */
class TestDckdTraining {
  private static final String STUDENT = "edsr-c4-b1";

  @ParameterizedTest
  @CsvSource({
    "'dckd(unit=run,interval1=0.25,interval2=0.25,interval3=0.012)', w4a4, lsq",
    "'dckd(unit=run,interval1=0.25,interval2=0.25,interval3=0.1,source=student)', w4a4, lsq",
    "'dckd(unit=run,interval1=0.3,interval2=0.3,interval3=0.3,history=lag)', w4a4, lsq",
    "'dckd(unit=run,interval1=0.25,interval2=0.25,interval3=0.1)', w8a8, torchqat",
    "dckd+dukd(consistency=1), w4a4, pams",
    "spark(rate=0.01)+dckd(crossEntropy=paper), fp, fp"
  })
  void aResumedTrialEndsAsAnUninterruptedOne(String method, String bits, String quantizer) {
    resume(cohort(Cohorts.SHORT, Cohorts.trial(bits, quantizer, method)));
  }

  @Test
  void statisticsOfBatchesAreResumedToo() {
    TrialSetup trial = new TrialSetup("trial", Cell.of("dncnn-c4-d4-n1", "w4a4", "lsq", "dckd", 7));
    PatchSource patches = denoised();
    resume(
        new CohortSetup(
                new Denoising(25),
                new ModelTarget(3, 1),
                7,
                Cohorts.SHORT,
                2,
                patches,
                patches,
                Cohorts.teacher("dncnn-c3-d3-n1", new ModelTarget(3, 1)),
                Map.of(),
                Optional.empty(),
                List.of(trial))
            .withEncoder(NarrowEncoder.weights()));
  }

  private static PatchSource denoised() {
    PatchSource pairs = Cohorts.patches(4, "denoised");
    return Cohorts.source(
        IntStream.range(0, pairs.size())
            .mapToObj(i -> pairs.pair(i).target())
            .map(image -> new PatchSource.Pair(image, image))
            .toList());
  }

  private static void resume(CohortSetup setup) {
    TrialSetup trial = setup.trials().get(0);
    Cohorts.Recorder whole = Cohorts.run(setup, Map.of());
    assertThat(whole.failures).isEmpty();
    Map<String, Checkpoint> saved = Cohorts.lostAfter(7, setup);
    TrainedTrial resumed = Cohorts.run(setup, saved).finished.get(trial.id());
    TrainedTrial uninterrupted = whole.finished.get(trial.id());
    assertThat(resumed.weightHash()).isEqualTo(uninterrupted.weightHash());
    assertThat(resumed.curve()).isEqualTo(uninterrupted.curve());
  }

  @Test
  void theHistoryStudentFollowsTheAverageOfWeightsAndScales() {
    // It moves at every update, all the way to the average.
    SortedMap<String, HostTensor> moved = stateAtStepFive(FirstRecipes.of("dckd(kept=0)"));
    for (int set = 0; set < 2; set++) {
      String average = List.of("student.average", "scales.average").get(set);
      assertThat(moved.get("method/history" + set).values()).isEqualTo(moved.get(average).values());
    }
    // No move at all: the weights that the trial began with.
    SortedMap<String, HostTensor> still = stateAtStepFive("dckd(kept=1)");
    try (NDManager manager = NDManager.newBaseManager();
        Network first =
            Network.build(
                STUDENT, Cohorts.TARGET, Draws.of("first values/7/" + STUDENT), manager)) {
      assertThat(still.get("method/history0").values())
          .isEqualTo(first.parameters().flat().toFloatArray());
    }
    assertThat(still.get("method/history1").values())
        .isNotEqualTo(still.get("scales.average").values());
  }

  private static SortedMap<String, HostTensor> stateAtStepFive(String method) {
    TrialSetup trial = Cohorts.trial("w4a4", "lsq", method);
    Schedule six = new Schedule(6, 2, 1e-3, List.of(), 1, 0.9, 10, 5);
    Cohorts.Recorder recorder = Cohorts.run(cohort(six, trial), Map.of());
    assertThat(recorder.failures).isEmpty();
    return recorder.states.get(trial.id()).tensors();
  }

  @Test
  void aTrialIsTheSameAloneAsAmongOthers() {
    TrialSetup whole = Cohorts.trial("w4a4", "lsq", "dckd");
    TrialSetup bare = Cohorts.trial("w4a4", "lsq", "dckd(contrastive=0,distribution=0)");
    TrialSetup logits = Cohorts.trial("w4a4", "lsq", "logits");
    Cohorts.Recorder together = run(logits, bare, whole);
    assertThat(together.failures).isEmpty();
    String hash = together.finished.get(whole.id()).weightHash();
    assertThat(hash).isEqualTo(run(whole).finished.get(whole.id()).weightHash());
    // Without its own terms it is logits, to the bit.
    assertThat(together.finished.get(bare.id()).weightHash())
        .isEqualTo(together.finished.get(logits.id()).weightHash())
        .isNotEqualTo(hash);
  }

  @Test
  void aLaggingHistoryCountsOnlyOnceItHasMoved() {
    // A time constant is ten updates: of twelve steps two have negatives.
    TrialSetup trial = Cohorts.trial("w4a4", "lsq", "dckd(history=lag)");
    List<CurvePoint> curve = run(trial).finished.get(trial.id()).curve();
    assertThat(
            curve.stream()
                .filter(point -> point.series().equals("loss/dckd_contrastive"))
                .map(point -> point.value() > 0))
        .containsExactly(false, false, true);
    assertThat(curve.stream().filter(point -> point.series().equals("method/dckd/ratio1")))
        .hasSize(1)
        .allMatch(point -> point.step() == 12 && point.value() < 100);
  }

  @Test
  void theCurveTellsTheRatiosAndTheMoves() {
    TrialSetup trial =
        Cohorts.trial("w4a4", "lsq", FirstRecipes.of("dckd(interval1=0.25,interval2=0.25)"));
    List<CurvePoint> curve = run(trial).finished.get(trial.id()).curve();
    assertThat(curve.stream().map(CurvePoint::series).distinct())
        .contains(
            "loss/pixel",
            "loss/logits",
            "loss/dckd_contrastive",
            "loss/dckd_distribution",
            "method/dckd/ratio1",
            "method/dckd/ratio5");
    // Of the updates 1 to 4, 5 to 8 and 9 to 12, those moved that 3 divides, the last by stage 3.
    assertThat(
            curve.stream()
                .filter(point -> point.series().equals("method/dckd/history_moved"))
                .map(CurvePoint::value))
        .containsExactly(0.25, 0.25, 0.75);
  }

  @Test
  void arraysDoNotPileUp() {
    TrialSetup trial = Cohorts.trial("w4a4", "lsq", "dckd+dukd(zoom=0,consistency=1)");
    Schedule hundred = new Schedule(100, 2, 1e-3, List.of(), 1, 0.9, 200, 200);
    assertThat(Cohorts.withoutLeak(2, cohort(hundred, trial)).finished).hasSize(1);
  }

  private static Cohorts.Recorder run(TrialSetup... trials) {
    return Cohorts.run(cohort(Cohorts.SHORT, trials), Map.of());
  }

  private static CohortSetup cohort(Schedule schedule, TrialSetup... trials) {
    return Cohorts.of(schedule, Cohorts.teacher("edsr-c8-b2"), trials)
        .withEncoder(NarrowEncoder.weights());
  }
}

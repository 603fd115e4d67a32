package org.distillgrid.kd.train;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.distillgrid.kd.distill.FirstRecipes;
import org.distillgrid.kd.distill.PatchMaps;
import org.distillgrid.kd.weights.Checkpoint;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TestSparkTraining {
  private static final String TEACHER = "edsr-c8-b2";

  // High enough for the policy's steps to show in the student's last bits.
  private static final String EAGER = "rate=0.01";

  @ParameterizedTest
  @ValueSource(
      strings = {
        "spark(rate=0.01)",
        "spark(rate=0.01,every=3)",
        "spark(rate=0.01,alpha=0)+mipkd",
        "spark(rate=0.01,reward=psnr,normalise=mean,policy=wide,loss=l1,map=normal)",
        "spark(rate=0.01,reward=spatial,map=beta)",
        "spark(rate=0.01,reward=ema,map=bernoulli)",
        "spark(rate=0.01,reward=cells,baseline=value,anneal=0.7)",
        "spark(rate=0.01,baseline=value,normalise=mean,activation=leaky)",
        "spark(rate=0.01,control=mean,freeze=0.6)",
        "spark(control=random)"
      })
  void aResumedTrialEndsAsAnUninterruptedOne(String method) {
    TrialSetup trial = Cohorts.trial("w4a4", "lsq", method);
    Cohorts.Recorder uninterrupted = run(trial);
    TrainedTrial whole = uninterrupted.finished.get(trial.id());
    CohortSetup setup = Cohorts.of(Cohorts.SHORT, Cohorts.teacher(TEACHER), trial);
    Map<String, Checkpoint> saved = Cohorts.lostAfter(7, setup);
    Cohorts.Recorder second = Cohorts.run(setup, saved);
    TrainedTrial resumed = second.finished.get(trial.id());
    assertThat(resumed.weightHash()).isEqualTo(whole.weightHash());
    assertThat(resumed.curve()).isEqualTo(whole.curve());
    assertThat(weights(second, trial)).hasSize(2).isEqualTo(weights(uninterrupted, trial));
  }

  /** What a control's maps are worth is told by a step that is imagined, and by no weight. */
  @Test
  void watchingAControlChangesNothing() {
    for (String rest : List.of("", ",reward=cells", ",reward=psnr", ",reward=ema")) {
      String control = "spark(control=heuristic,loss=l1,map=normal,normalise=mean" + rest;
      TrialSetup plain = Cohorts.trial("w4a4", "lsq", control + ")");
      TrialSetup watched = Cohorts.trial("w4a4", "lsq", control + ",watch=1)");
      Cohorts.Recorder recorder = run(plain, watched);

      assertThat(recorder.failures).isEmpty();
      assertThat(recorder.finished.get(watched.id()).weightHash())
          .isEqualTo(recorder.finished.get(plain.id()).weightHash());
      assertThat(rewards(recorder, plain)).isEmpty();
      assertThat(rewards(recorder, watched)).hasSize(3).doesNotContain(0.0);
    }
  }

  private static List<Double> rewards(Cohorts.Recorder recorder, TrialSetup trial) {
    return recorder.finished.get(trial.id()).curve().stream()
        .filter(point -> point.series().equals("method/spark/reward"))
        .map(CurvePoint::value)
        .toList();
  }

  private static List<String> weights(Cohorts.Recorder recorder, TrialSetup trial) {
    return recorder.pictures.get(trial.id()).stream()
        .map(maps -> Arrays.toString(maps.byCaption().get("weight").values()))
        .toList();
  }

  @Test
  void onlyATrainedTrialThatWeightsPixelsIsPictured() {
    TrialSetup sum = Cohorts.trial("w4a4", "lsq", "spark+fakd");
    TrialSetup control = Cohorts.trial("fp", "fp", "spark(control=heuristic)");
    TrialSetup plain = Cohorts.trial("w4a4", "lsq", "logits");
    TrialSetup calibrated = Cohorts.trial("w8a8", "minmax", "spark");
    Cohorts.Recorder recorder = run(sum, control, plain, calibrated);
    assertThat(recorder.failures).isEmpty();
    assertThat(recorder.finished).hasSize(4);
    assertThat(recorder.pictures).containsOnlyKeys(sum.id(), control.id());
    assertThat(recorder.steps)
        .containsOnlyKeys(sum.id(), control.id())
        .containsEntry(sum.id(), List.of(4L, 8L));
    assertThat(recorder.pictures.get(sum.id()))
        .allSatisfy(
            maps ->
                assertThat(maps.byCaption().keySet())
                    .containsExactly("laplacian", "pixel", "student", "gap", "weight"));
    assertThat(weights(recorder, sum)).doesNotHaveDuplicates();
    assertThat(weights(recorder, sum)).isNotEqualTo(weights(recorder, control));
  }

  @Test
  void aTrialWhosePicturesFailIsFinishedAllTheSame() {
    TrialSetup trial = Cohorts.trial("w4a4", "lsq", "spark");
    Cohorts.Recorder recorder =
        new Cohorts.Recorder() {
          @Override
          public void pictured(String trialId, int number, PatchMaps maps) {
            throw new IllegalStateException("the disk is full");
          }
        };
    CohortTraining.run(
        Cohorts.CPU,
        Cohorts.of(Cohorts.SHORT, Cohorts.teacher(TEACHER), trial),
        Map.of(),
        recorder);
    assertThat(recorder.failures).isEmpty();
    assertThat(recorder.finished.get(trial.id()).weightHash())
        .isEqualTo(run(trial).finished.get(trial.id()).weightHash());
  }

  @Test
  void picturesUnderWayChangeNothing() {
    for (String quantizer : List.of("lsq", "torchqat")) {
      TrialSetup trial = Cohorts.trial("w4a4", quantizer, "spark(" + EAGER + ")");
      Schedule often = new Schedule(12, 2, 1e-3, List.of(0.5), 0.5, 0.9, 1, 5);
      Schedule never = new Schedule(12, 2, 1e-3, List.of(0.5), 0.5, 0.9, 12, 5);
      Cohorts.Recorder pictured =
          Cohorts.run(Cohorts.of(often, Cohorts.teacher(TEACHER), trial), Map.of());
      Cohorts.Recorder plain =
          Cohorts.run(Cohorts.of(never, Cohorts.teacher(TEACHER), trial), Map.of());

      assertThat(pictured.failures).isEmpty();
      assertThat(pictured.steps).containsEntry(trial.id(), List.of(3L, 6L, 9L));
      assertThat(plain.steps).isEmpty();
      assertThat(pictured.finished.get(trial.id()).weightHash())
          .isEqualTo(plain.finished.get(trial.id()).weightHash());
    }
  }

  @Test
  void aTrialIsTheSameAloneAsAmongOthers() {
    TrialSetup[] trials = {
      Cohorts.trial("w4a4", "lsq", "spark(" + EAGER + ")"),
      Cohorts.trial("w4a4", "lsq", "spark(control=frozen," + EAGER + ")"),
      Cohorts.trial("w4a4", "lsq", "spark(control=uniform,loss=l1)"),
      Cohorts.trial("w4a4", "lsq", "logits"),
      Cohorts.trial("w4a4", "lsq", "none")
    };
    Cohorts.Recorder together = run(trials);
    assertThat(together.failures).isEmpty();
    for (TrialSetup trial : trials) {
      assertThat(together.finished.get(trial.id()).weightHash())
          .as(trial.cell().method().canonical())
          .isEqualTo(run(trial).finished.get(trial.id()).weightHash());
    }
    assertThat(together.finished.get(trials[2].id()).weightHash())
        .isEqualTo(together.finished.get(trials[3].id()).weightHash());
    assertThat(together.finished.values().stream().map(TrainedTrial::weightHash).distinct())
        .hasSize(4);
  }

  @Test
  void theStudentIsThatOfAnyMethod() {
    TrialSetup spark = Cohorts.trial("w4a4", "lsq", "spark");
    TrialSetup none = Cohorts.trial("w4a4", "lsq", "none");
    Cohorts.Recorder recorder = run(spark, none);
    TrainedTrial trained = recorder.finished.get(spark.id());
    TrainedTrial plain = recorder.finished.get(none.id());
    assertThat(trained.weights().tensors().keySet()).isEqualTo(plain.weights().tensors().keySet());
    assertThat(trained.parameters()).isEqualTo(plain.parameters());
    assertThat(trained.packed()).hasSameSizeAs(plain.packed());
  }

  @Test
  void theCurveTellsWhatThePolicyDid() {
    TrialSetup trial = Cohorts.trial("w4a4", "lsq", FirstRecipes.of("spark"));
    List<CurvePoint> curve = run(trial).finished.get(trial.id()).curve();
    assertThat(curve.stream().map(CurvePoint::series).distinct())
        .contains(
            "method/spark/entropy",
            "method/spark/sigma",
            "method/spark/reward",
            "method/spark/advantage",
            "method/spark/weight/laplacian_q1",
            "method/spark/weight/gap_q4");
    for (CurvePoint point : curve) {
      if (point.series().equals("method/spark/sigma")) {
        // The mean of the steps after the warm-up, not diluted by those in it.
        assertThat(point.value()).isBetween(0.49, 0.51);
      }
    }
    double quarters =
        curve.stream()
            .filter(point -> point.step() == 12)
            .filter(point -> point.series().startsWith("method/spark/weight/gap"))
            .mapToDouble(CurvePoint::value)
            .average()
            .orElseThrow();
    assertThat(quarters).isBetween(0.9999, 1.0001);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "spark",
        "spark(every=2)+mipkd",
        "spark(reward=ema,without=pixel)",
        "spark(reward=cells,baseline=value,anneal=1)",
        "spark(control=heuristic)"
      })
  void arraysDoNotPileUp(String method) {
    TrialSetup trial = Cohorts.trial("w4a4", "lsq", method);
    Schedule forty = new Schedule(40, 2, 1e-3, List.of(), 1, 0.9, 200, 200);
    CohortSetup setup = Cohorts.of(forty, Cohorts.teacher(TEACHER), trial);
    Cohorts.withoutLeak(10, setup);
  }

  private static Cohorts.Recorder run(TrialSetup... trials) {
    return Cohorts.run(Cohorts.of(Cohorts.SHORT, Cohorts.teacher(TEACHER), trials), Map.of());
  }
}

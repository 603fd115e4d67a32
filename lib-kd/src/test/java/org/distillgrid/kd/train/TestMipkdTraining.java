package org.distillgrid.kd.train;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.ndarray.NDManager;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.distillgrid.kd.model.ModelTarget;
import org.distillgrid.kd.model.Network;
import org.distillgrid.kd.random.Draws;
import org.distillgrid.kd.task.Denoising;
import org.distillgrid.kd.task.SuperResolution;
import org.distillgrid.kd.task.Task;
import org.distillgrid.kd.train.patches.PatchSource;
import org.distillgrid.kd.weights.Checkpoint;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Training with mixtures of student and teacher, of other widths, depths and architectures. */
class TestMipkdTraining {
  private static final String STUDENT = "edsr-c4-b3";
  private static final String TEACHER = "edsr-c6-b4";
  private static final Schedule FOUR = new Schedule(4, 2, 1e-3, List.of(), 1, 0.9, 4, 100);

  @ParameterizedTest
  @CsvSource({
    "edsr-c4-b3, rlfn-c6, w4a4, lsq, mipkd, 2",
    "edsr-c4-b2, edsr-c8-b5, w2a2, pams, mipkd, 2",
    "rcan-c8-g2-b1-q4, rcan-c8-g4-b2-q4, w4a4, lsq, mipkd(mode=perPoint), 2",
    "swinir-c8-d2x2-h2-w4-t1, swinir-c12-d2x2x2-h2-w4-t1, w4a4, lsq, mipkd, 2",
    "edsr-c4-b3, swinir-c8-d2x2x2-h2-w8-t1, w4a4, ddtb, mipkd, 2",
    "rfdn-c8-b3, imdn-c8-b3, w4a4, dorefa, mipkd, 2",
    "nafnet-w4-e1x1-m1-d1x1, nafnet-w6-e1x1-m1-d1x1, w4a4, lsq, mipkd, 1",
    "restormer-c4-b1x1x1x1-r1-h1x1x2x2, nafnet-w4-e1x1-m1-d1x1, w8a8, lsq, mipkd, 1",
    "dncnn-c4-d4-n1, dncnn-c6-d6-n1, w4a4, lsq, mipkd, 1",
    "edsr-c4-b3, edsr-c4-b4, w4a4, lsq, 'mipkd(encoders=shared,mask=grid,mixers=mlp)', 2",
    "edsr-c4-b3, edsr-c6-b4, w4a4, lsq, spark(warmup=0)+mipkd(mask=similarity), 2"
  })
  void trainsEveryPairWithEveryQuantizer(
      String student, String teacher, String bits, String quantizer, String method, int scale) {
    TrialSetup trial = new TrialSetup(method, Cell.of(student, bits, quantizer, method, 7));
    Checkpoint weights = weights(teacher, scale);
    Cohorts.Recorder recorder =
        Cohorts.run(setup(FOUR, scale, new CohortSetup.Teacher(teacher, weights), trial), Map.of());
    assertThat(recorder.failures).isEmpty();
    TrainedTrial trained = recorder.finished.get(method);
    assertThat(trained.weights().tensors().keySet()).noneMatch(name -> name.contains("mipkd"));
    Set<String> series = new HashSet<>();
    for (CurvePoint point : trained.curve()) {
      assertThat(point.value()).as(point.series()).isFinite();
      series.add(point.series());
    }
    assertThat(series)
        .contains(
            "loss/pixel",
            "loss/logits",
            "loss/mipkd_feature",
            "loss/mipkd_autoencoder",
            "loss/mipkd_block");
  }

  @ParameterizedTest
  @ValueSource(strings = {"mipkd", "mipkd(mode=perPoint,mask=similarity)", "spark+mipkd"})
  void aResumedTrialEndsAsAnUninterruptedOne(String method) {
    TrialSetup trial = trial(method);
    CohortSetup setup = Cohorts.of(Cohorts.SHORT, Cohorts.teacher(TEACHER), trial);
    TrainedTrial whole = Cohorts.run(setup, Map.of()).finished.get(trial.id());
    Map<String, Checkpoint> saved = Cohorts.lostAfter(7, setup);
    TrainedTrial resumed = Cohorts.run(setup, saved).finished.get(trial.id());
    assertThat(resumed.weightHash()).isEqualTo(whole.weightHash());
    assertThat(resumed.curve()).isEqualTo(whole.curve());
  }

  @Test
  void aTrialIsTheSameAloneAsAmongOthers() {
    TrialSetup[] trials = {trial("mipkd"), trial("mipkd(studentProbability=1)"), trial("logits")};
    Cohorts.Recorder together =
        Cohorts.run(Cohorts.of(FOUR, Cohorts.teacher(TEACHER), trials), Map.of());
    assertThat(together.failures).isEmpty();
    Set<String> hashes = new HashSet<>();
    for (TrialSetup trial : trials) {
      String hash = together.finished.get(trial.id()).weightHash();
      Cohorts.Recorder alone =
          Cohorts.run(Cohorts.of(FOUR, Cohorts.teacher(TEACHER), trial), Map.of());
      assertThat(alone.finished.get(trial.id()).weightHash()).isEqualTo(hash);
      hashes.add(hash);
    }
    assertThat(hashes).hasSize(3);
  }

  @ParameterizedTest
  @CsvSource({"mipkd, 100", "'mipkd(mode=perPoint,mask=similarity)', 20"})
  void arraysDoNotPileUp(String method, int steps) {
    Schedule schedule = new Schedule(steps, 2, 1e-3, List.of(), 1, 0.9, 200, 200);
    TrialSetup trial = new TrialSetup(method, Cell.of(STUDENT, "fp", "fp", method, 7));
    CohortSetup setup = Cohorts.of(schedule, Cohorts.teacher(TEACHER), trial);
    assertThat(Cohorts.withoutLeak(2, setup).finished).hasSize(1);
  }

  @Test
  void mixersLearnToGiveTheTeachersFeaturesBack() {
    Schedule longer = new Schedule(45, 2, 3e-3, List.of(), 1, 0.9, 15, 100);
    TrialSetup trial = new TrialSetup("longer", Cell.of(STUDENT, "fp", "fp", "mipkd", 7));
    Cohorts.Recorder recorder =
        Cohorts.run(Cohorts.of(longer, Cohorts.teacher(TEACHER), trial), Map.of());
    List<CurvePoint> curve = recorder.finished.get(trial.id()).curve();
    for (String term : List.of("mipkd_feature", "mipkd_autoencoder", "mipkd_block")) {
      List<Double> losses =
          curve.stream()
              .filter(point -> point.series().equals("loss/" + term))
              .map(CurvePoint::value)
              .toList();
      assertThat(losses).as(term).hasSize(3);
      assertThat(losses.get(2)).as(term).isLessThan(losses.get(0));
    }
  }

  private static TrialSetup trial(String method) {
    return new TrialSetup("w4a4/" + method, Cell.of(STUDENT, "w4a4", "lsq", method, 7));
  }

  private static CohortSetup setup(
      Schedule schedule, int scale, CohortSetup.Teacher teacher, TrialSetup trial) {
    return new CohortSetup(
        task(scale),
        new ModelTarget(3, scale),
        7,
        schedule,
        1,
        patches(4, scale),
        patches(1, scale),
        Optional.of(teacher),
        Map.of(),
        Optional.empty(),
        List.of(trial));
  }

  private static Task task(int scale) {
    if (scale == 1) {
      return new Denoising(25);
    }
    return new SuperResolution(scale);
  }

  private static PatchSource patches(int count, int scale) {
    PatchSource pairs = Cohorts.patches(count, "mixed");
    if (scale > 1) {
      return pairs;
    }
    return Cohorts.source(
        IntStream.range(0, count)
            .mapToObj(i -> new PatchSource.Pair(pairs.pair(i).input(), pairs.pair(i).input()))
            .toList());
  }

  private static Checkpoint weights(String model, int scale) {
    try (NDManager manager = NDManager.newBaseManager();
        Network network =
            Network.build(model, new ModelTarget(3, scale), Draws.of("teacher"), manager)) {
      return network.checkpoint();
    }
  }
}

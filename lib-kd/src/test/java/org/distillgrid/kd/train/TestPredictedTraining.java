package org.distillgrid.kd.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.distillgrid.kd.model.Network;
import org.distillgrid.kd.nn.Inference;
import org.distillgrid.kd.prediction.ShardedPredictions;
import org.distillgrid.kd.task.Denoising;
import org.distillgrid.kd.task.SuperResolution;
import org.distillgrid.kd.train.patches.PatchSource;
import org.distillgrid.kd.weights.Checkpoint;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class TestPredictedTraining {
  private static final CohortSetup.Teacher TEACHER = trained("edsr-c8-b2");
  private static final PatchSource PATCHES = Cohorts.patches(10, "training");
  private static final double OFF = 1.2e-5;

  private static final TrialSetup NONE = Cohorts.trial("w4a4", "lsq", "none");
  private static final TrialSetup LOGITS = Cohorts.trial("w4a4", "lsq", "logits");
  private static final TrialSetup SPARK = Cohorts.trial("fp", "fp", "spark");
  private static final TrialSetup FITNET = Cohorts.trial("fp", "fp", "fitnet+logits");

  private static ShardedPredictions predictions;

  // What no training has taught lies far outside of images, and would be cut off.
  private static CohortSetup.Teacher trained(String model) {
    TrialSetup trial = new TrialSetup("teacher", Cell.of(model, "fp", "fp", "none", 7));
    Schedule schedule = new Schedule(150, 4, 3e-3, List.of(), 1, 0.9, 200, 200);
    Cohorts.Recorder recorder =
        Cohorts.run(Cohorts.of(schedule, Optional.empty(), trial), Map.of());
    return new CohortSetup.Teacher(model, recorder.finished.get("teacher").weights());
  }

  @BeforeAll
  static void predict() {
    predictions = PredictedPatches.of(TEACHER, PATCHES);
  }

  private static CohortSetup predicted(
      Optional<CohortSetup.Teacher> teacher, TrialSetup... trials) {
    return Cohorts.of(Cohorts.SHORT, teacher, trials).withPredictions(predictions);
  }

  /** Returns a teacher that must not be read. */
  private static Optional<CohortSetup.Teacher> absent() {
    Supplier<Checkpoint> none =
        () -> {
          throw new IllegalStateException("the teacher is read");
        };
    return Optional.of(new CohortSetup.Teacher("edsr-c8-b2", none));
  }

  private static TrainedTrial alone(CohortSetup setup) {
    Cohorts.Recorder recorder = Cohorts.run(setup, Map.of());
    assertThat(recorder.failures).isEmpty();
    return recorder.finished.values().iterator().next();
  }

  private static double firstLoss(TrainedTrial trial) {
    return trial.curve().stream()
        .filter(point -> point.series().equals("loss/total"))
        .findFirst()
        .orElseThrow()
        .value();
  }

  @Test
  void aBatchHasTheTeachersOutputOfItsOwnTurns() {
    BatchStream stream = new BatchStream(PATCHES, new SuperResolution(2), 4, 7);
    try (NDManager manager = Cohorts.CPU.open();
        Network network =
            Network.load("edsr-c8-b2", Cohorts.TARGET, TEACHER.weights(), "test", manager)) {
      for (int step = 0; step < 12; step++) {
        BatchStream.Batch batch = stream.training(step, manager);
        NDArray ran = Inference.output(network.architecture(), batch.input());
        NDArray read = stream.predicted(step, predictions, manager);
        assertThat(read.getShape()).isEqualTo(ran.getShape());
        assertThat(read.sub(ran).abs().max().getFloat()).isLessThan((float) OFF);
      }
    }
  }

  @Test
  void theSameBytesComeOutHoweverShardsAreMade() {
    byte[] whole = PredictedPatches.shards(TEACHER, PATCHES, 10).get(0);
    List<byte[]> parts = PredictedPatches.shards(TEACHER, PATCHES, 4);
    int turns = 8 * 3 * 32 * 32 * 2;
    assertThat(parts).hasSize(3);
    for (int patch = 0; patch < 10; patch++) {
      int at = 128 + patch % 4 * turns;
      assertThat(Arrays.copyOfRange(parts.get(patch / 4), at, at + turns))
          .isEqualTo(Arrays.copyOfRange(whole, 128 + patch * turns, 128 + (patch + 1) * turns));
    }
  }

  @Test
  void losesWhatItLosesByTheTeacherItself() {
    for (TrialSetup trial : List.of(LOGITS, SPARK)) {
      TrainedTrial ran = alone(Cohorts.of(Cohorts.SHORT, Optional.of(TEACHER), trial));
      TrainedTrial read = alone(predicted(Optional.of(TEACHER), trial));
      assertThat(firstLoss(read)).isCloseTo(firstLoss(ran), within(2e-4)).isNotEqualTo(0);
      assertThat(read.curve()).isNotEqualTo(ran.curve());
    }
  }

  @Test
  void neverReadsATeacherThatNobodyNeeds() {
    Cohorts.Recorder recorder = Cohorts.run(predicted(absent(), LOGITS, NONE), Map.of());
    assertThat(recorder.failures).isEmpty();
    assertThat(recorder.finished).containsOnlyKeys(LOGITS.id(), NONE.id());

    CohortSetup running = Cohorts.of(Cohorts.SHORT, absent(), LOGITS);
    assertThatThrownBy(() -> Cohorts.run(running, Map.of())).hasMessage("the teacher is read");
  }

  @Test
  void readsTheTeacherForPicturesAlone() {
    Cohorts.Recorder recorder = Cohorts.run(predicted(Optional.of(TEACHER), SPARK), Map.of());
    assertThat(recorder.failures).isEmpty();
    assertThat(recorder.pictures.get(SPARK.id())).hasSize(2);
  }

  @Test
  void isTheSameWhateverItsCompanionsRead() {
    TrialSetup[] all = {LOGITS, FITNET, NONE, SPARK};
    Cohorts.Recorder together = Cohorts.run(predicted(Optional.of(TEACHER), all), Map.of());
    assertThat(together.failures).isEmpty();
    for (TrialSetup trial : all) {
      TrainedTrial alone = alone(predicted(Optional.of(TEACHER), trial));
      TrainedTrial among = together.finished.get(trial.id());
      assertThat(among.weightHash()).as(trial.id()).isEqualTo(alone.weightHash());
      assertThat(among.curve()).as(trial.id()).isEqualTo(alone.curve());
    }
    CohortSetup ran = Cohorts.of(Cohorts.SHORT, Optional.of(TEACHER), FITNET);
    assertThat(alone(ran).weightHash())
        .as("one that reads features takes no predictions")
        .isEqualTo(together.finished.get(FITNET.id()).weightHash());
  }

  @Test
  void goesOnToTheSameBitsAfterItWasLost() {
    CohortSetup setup = predicted(absent(), LOGITS);
    Map<String, Checkpoint> saved = Cohorts.lostAfter(7, setup);
    assertThat(saved.get(LOGITS.id()).metadata()).containsEntry("step", "5");
    assertThat(Cohorts.run(setup, saved).finished.get(LOGITS.id()).weightHash())
        .isEqualTo(alone(setup).weightHash());
  }

  @Test
  void keepsNoArrays() {
    Schedule hundred = new Schedule(60, 2, 1e-3, List.of(), 1, 0.9, 200, 200);
    CohortSetup setup =
        Cohorts.of(hundred, Optional.of(TEACHER), LOGITS).withPredictions(predictions);
    Cohorts.withoutLeak(2, setup);
  }

  @Test
  void refusesPredictionsOfOtherPatches() {
    ShardedPredictions fewer = PredictedPatches.of(TEACHER, Cohorts.patches(3, "training"));
    CohortSetup setup = Cohorts.of(Cohorts.SHORT, Optional.of(TEACHER), LOGITS);
    assertThatThrownBy(() -> setup.withPredictions(fewer))
        .hasMessage("Cannot use predictions: there are 3 for 10 patches");
  }

  @Test
  void refusesATaskThatDrawsItsInput() {
    assertThatThrownBy(() -> new Predictor(Cohorts.CPU, TEACHER, new Denoising(25), PATCHES))
        .hasMessage("The input of denoise-s25 is drawn anew");
  }
}

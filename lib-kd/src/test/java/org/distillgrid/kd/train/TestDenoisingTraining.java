package org.distillgrid.kd.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDManager;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import org.distillgrid.kd.image.PlanarImage;
import org.distillgrid.kd.model.ModelTarget;
import org.distillgrid.kd.model.Network;
import org.distillgrid.kd.random.Draws;
import org.distillgrid.kd.task.Denoising;
import org.distillgrid.kd.train.patches.PatchSource;
import org.distillgrid.kd.weights.Checkpoint;
import org.distillgrid.kd.weights.HostTensor;
import org.junit.jupiter.api.Test;

/** Training against noise that is drawn anew every step, and with batch normalisation. */
class TestDenoisingTraining {
  private static final ModelTarget TARGET = new ModelTarget(3, 1);
  private static final String STUDENT = "dncnn-c4-d4-n1";
  private static final TrialSetup PLAIN =
      new TrialSetup("plain", Cell.of(STUDENT, "fp", "fp", "none", 7));
  private static final TrialSetup TAUGHT =
      new TrialSetup("taught", Cell.of(STUDENT, "w4a4", "lsq", "logits", 7));

  @Test
  void everyPatchOfEveryStepHasItsOwnNoise() {
    PlanarImage grey = flat();
    PatchSource same = source(List.of(grey, grey, grey, grey));
    try (NDManager manager = NDManager.newBaseManager()) {
      float[] batch = batch(same, 1, 5, manager);
      assertThat(batch(same, 1, 5, manager)).containsExactly(batch);
      assertThat(batch(same, 2, 5, manager)).isNotEqualTo(batch);
      assertThat(batch(same, 1, 6, manager)).isNotEqualTo(batch);
      int patch = batch.length / 2;
      assertThat(Arrays.copyOf(batch, patch))
          .isNotEqualTo(Arrays.copyOfRange(batch, patch, batch.length));
      // The noise of a patch does not depend on what is trained beside it.
      float[] targets = stream(same, 1).training(5, manager).target().toFloatArray();
      for (float target : targets) {
        assertThat(target).isCloseTo(100 / 255f, within(1e-6f));
      }
    }
  }

  @Test
  void aResumedTrialEndsAsAnUninterruptedOne() {
    for (TrialSetup trial : List.of(PLAIN, TAUGHT)) {
      TrainedTrial whole = run(trial).finished.get(trial.id());
      CohortSetup setup = setup(Cohorts.SHORT, trial);
      Map<String, Checkpoint> saved = Cohorts.lostAfter(7, setup);
      TrainedTrial resumed = Cohorts.run(setup, saved).finished.get(trial.id());
      assertThat(saved.get(trial.id()).metadata()).containsEntry("step", "5");
      assertThat(resumed.weightHash()).as(trial.id()).isEqualTo(whole.weightHash());
      assertThat(resumed.curve()).as(trial.id()).isEqualTo(whole.curve());
    }
  }

  @Test
  void aTrialIsTheSameAloneAsAmongOthers() {
    Cohorts.Recorder together = run(PLAIN, TAUGHT);
    assertThat(together.failures).isEmpty();
    for (TrialSetup trial : List.of(PLAIN, TAUGHT)) {
      assertThat(together.finished.get(trial.id()).weightHash())
          .isEqualTo(run(trial).finished.get(trial.id()).weightHash());
    }
  }

  @Test
  void trainingObservesStatisticsAndLearnsTheRest() {
    Checkpoint state = run(PLAIN).states.get(PLAIN.id());
    SortedMap<String, HostTensor> values = split(state, "student.values");
    SortedMap<String, HostTensor> average = split(state, "student.average");
    SortedMap<String, HostTensor> moments = split(state, "student.variance");
    assertThat(values.keySet().stream().filter(name -> name.contains("running"))).hasSize(4);
    values.forEach(
        (name, tensor) -> {
          boolean statistic = name.contains("running");
          assertThat(any(moments.get(name))).as(name).isEqualTo(!statistic);
          if (statistic) {
            assertThat(any(tensor)).as(name).isTrue();
            assertThat(average.get(name).values()).as(name).isNotEqualTo(tensor.values());
          }
        });
    assertThat(values.get("model.3.running_var").values()).doesNotContain(1);
  }

  @Test
  void trainingLowersTheLossBelowThatOfTheInput() {
    Schedule longer = new Schedule(150, 4, 1e-2, List.of(0.6), 0.3, 0.9, 50, 200);
    TrialSetup trial = new TrialSetup("plain", Cell.of("dncnn-c8-d4-n1", "fp", "fp", "none", 7));
    TrainedTrial trained = Cohorts.run(setup(longer, trial), Map.of()).finished.get(trial.id());
    List<Double> psnr = series(trained, "validation_psnr");
    List<Double> losses = series(trained, "loss/total");
    assertThat(losses.get(2)).isLessThan(losses.get(0));
    // Mean |noise| of σ = 25 is 25·√(2/π)/255.
    assertThat(losses.get(2)).isLessThan(0.85 * 25 * Math.sqrt(2 / Math.PI) / 255);
    assertThat(psnr.get(2)).isGreaterThan(20 * Math.log10(255 / 25.0));
  }

  private static List<Double> series(TrainedTrial trained, String name) {
    return trained.curve().stream()
        .filter(point -> point.series().equals(name))
        .map(CurvePoint::value)
        .toList();
  }

  private static boolean any(HostTensor tensor) {
    for (float value : tensor.values()) {
      if (value != 0) {
        return true;
      }
    }
    return false;
  }

  private static SortedMap<String, HostTensor> split(Checkpoint state, String buffer) {
    try (NDManager manager = NDManager.newBaseManager();
        Network network = Network.build(STUDENT, TARGET, Draws.of("t"), manager)) {
      return network.parameters().export(state.tensors().get(buffer).values());
    }
  }

  private static Cohorts.Recorder run(TrialSetup... trials) {
    return Cohorts.run(setup(Cohorts.SHORT, trials), Map.of());
  }

  private static CohortSetup setup(Schedule schedule, TrialSetup... trials) {
    return new CohortSetup(
        new Denoising(25),
        TARGET,
        7,
        schedule,
        2,
        clean(10, "training"),
        clean(2, "validation"),
        Optional.of(teacher()),
        Map.of(),
        Optional.empty(),
        List.of(trials));
  }

  private static CohortSetup.Teacher teacher() {
    try (NDManager manager = NDManager.newBaseManager();
        Network network = Network.build("dncnn-c3-d3-n1", TARGET, Draws.of("teacher"), manager)) {
      return new CohortSetup.Teacher("dncnn-c3-d3-n1", network.checkpoint());
    }
  }

  private static PatchSource clean(int count, String key) {
    PatchSource pairs = Cohorts.patches(count, key);
    List<PlanarImage> images = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      images.add(pairs.pair(i).target());
    }
    return source(images);
  }

  private static PatchSource source(List<PlanarImage> images) {
    return new PatchSource() {
      @Override
      public int size() {
        return images.size();
      }

      @Override
      public Pair pair(int index) {
        return new Pair(images.get(index), images.get(index));
      }
    };
  }

  private static PlanarImage flat() {
    byte[] samples = new byte[3 * 16 * 16];
    Arrays.fill(samples, (byte) 100);
    return new PlanarImage(3, 16, 16, samples);
  }

  private static BatchStream stream(PatchSource patches, long seed) {
    return new BatchStream(patches, new Denoising(25), 2, seed);
  }

  private static float[] batch(PatchSource patches, long seed, long step, NDManager manager) {
    return stream(patches, seed).training(step, manager).input().toFloatArray();
  }
}

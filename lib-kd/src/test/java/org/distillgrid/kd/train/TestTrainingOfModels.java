package org.distillgrid.kd.train;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.ndarray.NDManager;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.distillgrid.kd.model.ModelFamily;
import org.distillgrid.kd.model.ModelTarget;
import org.distillgrid.kd.model.Models;
import org.distillgrid.kd.model.Network;
import org.distillgrid.kd.random.Draws;
import org.distillgrid.kd.task.SuperResolution;
import org.distillgrid.kd.train.patches.PatchSource;
import org.distillgrid.kd.weights.Checkpoint;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Trains a small network of every family that is registered: super-resolution ×2 where the family
 * has it, else denoising.
 */
class TestTrainingOfModels {
  private static final int TENTHS = 10;
  private static final long STEPS = 200;
  private static final int SIDE = 16;
  private static final long SEED = 3;

  static Stream<String> families() {
    return Models.registry().names().stream();
  }

  @ParameterizedTest
  @MethodSource("families")
  void lowersTheLossAndBeatsTheStart(String family) {
    train(SmallModels.of(family), scale(Models.registry().named(family)));
  }

  private static int scale(ModelFamily family) {
    if (family.scales().contains(2)) {
      return 2;
    }
    return 1;
  }

  private static void train(String model, int scale) {
    ModelTarget target = new ModelTarget(3, scale);
    CohortSetup setup = setup(model, target);
    double before;
    try (NDManager manager = NDManager.newBaseManager();
        Network start = Network.load(model, target, setup.initial().get(model), "start", manager)) {
      before = new Validation(setup.validation(), setup.task(), SEED).psnr(start, manager);
    }
    Cohorts.Recorder recorder = Cohorts.run(setup, Map.of());
    assertThat(recorder.failures).isEmpty();
    TrainedTrial trained = recorder.finished.get(model);
    List<Double> losses = series(trained, "loss/total");
    assertThat(losses).as("loss of %s", model).hasSize(TENTHS);
    assertThat(losses.get(TENTHS - 1)).as("loss of %s", model).isLessThan(losses.get(0));
    assertThat(series(trained, "validation_psnr").get(TENTHS - 1))
        .as("held-out PSNR of %s", model)
        .isGreaterThan(before);
  }

  private static CohortSetup setup(String model, ModelTarget target) {
    Schedule schedule = new Schedule(STEPS, 4, 2e-3, List.of(0.7), 0.3, 0.9, STEPS / TENTHS, STEPS);
    return new CohortSetup(
        new SuperResolution(target.scale()),
        target,
        SEED,
        schedule,
        1,
        patches("train", 8, target.scale()),
        patches("test", 2, target.scale()),
        Optional.empty(),
        Map.of(model, start(model, target)),
        Optional.empty(),
        List.of(new TrialSetup(model, Cell.of(model, "fp", "fp", "none", SEED))));
  }

  private static Checkpoint start(String model, ModelTarget target) {
    try (NDManager manager = NDManager.newBaseManager();
        Network network = Network.build(model, target, Draws.of("start"), manager)) {
      return network.checkpoint();
    }
  }

  // At scale 1 the noise is in the patches; the task itself adds nothing to them.
  private static PatchSource patches(String folder, int each, int scale) {
    SamplePatches patches = new SamplePatches(folder, each, SIDE);
    if (scale == 1) {
      return patches.noisy();
    }
    return patches.small(scale);
  }

  private static List<Double> series(TrainedTrial trained, String name) {
    return trained.curve().stream()
        .filter(point -> point.series().equals(name))
        .map(CurvePoint::value)
        .toList();
  }
}

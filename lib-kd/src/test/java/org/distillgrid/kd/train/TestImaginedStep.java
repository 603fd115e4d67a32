package org.distillgrid.kd.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.distillgrid.kd.distill.PlainSimilarity;
import org.distillgrid.kd.model.Network;
import org.distillgrid.kd.nn.Initializer;
import org.distillgrid.kd.nn.LayerFactory;
import org.distillgrid.kd.nn.ParameterSet;
import org.distillgrid.kd.nn.optimizer.Optimizer;
import org.distillgrid.kd.perceptual.NarrowEncoder;
import org.distillgrid.kd.random.Draws;
import org.distillgrid.kd.task.SuperResolution;
import org.distillgrid.kd.weights.HostTensor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The step under W = 1 that SPARK compares its own with, and that the student never takes. */
class TestImaginedStep {
  private static final String TEACHER = "edsr-c8-b2";

  @ParameterizedTest
  @CsvSource({
    "'', w4a4, lsq",
    "'', w4a4, pams",
    "'', fp, fp",
    "+mipkd, w4a4, lsq",
    "+dckd, w4a4, lsq",
    "+dukd(consistency=1), fp, fp"
  })
  void changesNothingOfTheStudent(String others, String bits, String quantizer) {
    // A policy that cannot move draws what an untrained one draws.
    String learning = hash("spark(rate=0)" + others, bits, quantizer);
    String seldom = hash("spark(rate=0,every=5)" + others, bits, quantizer);
    String never = hash("spark(control=random)" + others, bits, quantizer);
    assertThat(learning).isEqualTo(never);
    assertThat(seldom).isEqualTo(never);
    assertThat(hash("spark(rate=0.05)" + others, bits, quantizer)).isNotEqualTo(never);
  }

  private static String hash(String method, String bits, String quantizer) {
    TrialSetup trial = new TrialSetup("t", Cell.of("edsr-c4-b3", bits, quantizer, method, 7));
    CohortSetup setup =
        Cohorts.of(Cohorts.SHORT, Cohorts.teacher(TEACHER), trial)
            .withEncoder(NarrowEncoder.weights());
    Cohorts.Recorder recorder = Cohorts.run(setup, Map.of());
    assertThat(recorder.failures).isEmpty();
    return recorder.finished.get("t").weightHash();
  }

  @Test
  void leavesParametersAndMomentsAsTheyWere() {
    try (NDManager manager = NDManager.newBaseManager();
        ParameterSet parameters = new ParameterSet()) {
      LayerFactory.into(parameters, List.of(), Draws.of("set"))
          .parameter("p", new Shape(3), Initializer.constant(0.5f));
      parameters.open(manager);
      Updated set = new Updated("set", parameters, 1, Optimizer.STANDARD, 0.9, manager);
      NDArray one = manager.create(new float[] {1, -2, 0.5f});
      NDArray other = manager.create(new float[] {-3, 0.1f, 0});
      set.update(1, 0.1, one, manager);
      SortedMap<String, String> before = exported(set);
      float[] imagined =
          set.imagined(2, 0.1, other, manager, () -> parameters.flat().toFloatArray());
      assertThat(exported(set)).isEqualTo(before);
      set.update(2, 0.1, other, manager);
      assertThat(parameters.flat().toFloatArray()).isEqualTo(imagined);
      assertThat(exported(set).get("set.values")).isNotEqualTo(before.get("set.values"));
    }
  }

  private static SortedMap<String, String> exported(Updated set) {
    SortedMap<String, HostTensor> tensors = new TreeMap<>();
    set.export(tensors);
    SortedMap<String, String> numbers = new TreeMap<>();
    tensors.forEach((name, tensor) -> numbers.put(name, Arrays.toString(tensor.values())));
    return numbers;
  }

  @Test
  void isTheStepThatATrialWithoutWeightsTakes() {
    Schedule single = new Schedule(1, 2, 5e-3, List.of(), 1, 0, 1, 1);
    TrialSetup weighted = Cohorts.trial("fp", "fp", "spark(alpha=2,beta=30)");
    TrialSetup even = Cohorts.trial("fp", "fp", "spark(control=uniform)");
    CohortSetup setup = Cohorts.of(single, Cohorts.teacher(TEACHER), weighted, even);
    Cohorts.Recorder recorder = Cohorts.run(setup, Map.of());
    assertThat(recorder.failures).isEmpty();
    TrainedTrial trained = recorder.finished.get(weighted.id());
    try (NDManager manager = Cohorts.CPU.open()) {
      BatchStream.Batch batch =
          new BatchStream(Cohorts.patches(10, "training"), new SuperResolution(2), 2, 7)
              .training(0, manager);
      float[] target = batch.target().toFloatArray();
      float[] after = output(trained, batch, manager);
      float[] otherwise = output(recorder.finished.get(even.id()), batch, manager);
      double reward = 0;
      for (int image = 0; image < 2; image++) {
        PlainSimilarity mine = new PlainSimilarity(image, 3, 32, 32);
        reward += 2 * (mine.psnr(after, target) - mine.psnr(otherwise, target));
        reward += 30 * (mine.ssim(after, target) - mine.ssim(otherwise, target));
      }
      double told =
          trained.curve().stream()
              .filter(point -> point.series().equals("method/spark/reward"))
              .findFirst()
              .orElseThrow()
              .value();
      assertThat(Math.abs(told)).isGreaterThan(1e-3);
      assertThat(told).isCloseTo(reward / 2, within(2e-4));
    }
  }

  private static float[] output(TrainedTrial trial, BatchStream.Batch batch, NDManager manager) {
    try (Network network =
        Network.load("edsr-c4-b1", Cohorts.TARGET, trial.weights(), "test", manager)) {
      return network.forward(batch.input()).toFloatArray();
    }
  }
}

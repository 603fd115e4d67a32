package org.distillgrid.kd.train;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.ndarray.NDManager;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.distillgrid.kd.PairwiseCovering;
import org.distillgrid.kd.image.PlanarImage;
import org.distillgrid.kd.model.ModelTarget;
import org.distillgrid.kd.model.Network;
import org.distillgrid.kd.perceptual.NarrowEncoder;
import org.distillgrid.kd.quant.QuantizerFamily;
import org.distillgrid.kd.quant.Quantizers;
import org.distillgrid.kd.random.Draws;
import org.distillgrid.kd.task.Denoising;
import org.distillgrid.kd.task.SuperResolution;
import org.distillgrid.kd.task.Task;
import org.distillgrid.kd.train.patches.PatchSource;
import org.distillgrid.kd.weights.Checkpoint;
import org.distillgrid.kd.weights.HostTensor;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Walks methods × students × teachers × quantisers, all that are registered, for a few steps each.
 * The whole product would take an hour, so that it is covered by pairs: every method with every
 * student, teacher and quantiser, every student with every teacher and quantiser, every teacher
 * with every quantiser. Whatever trains beside each other shares a teacher, as in a run.
 */
class TestProductOfEverything {
  private static final int STEPS = 3;
  private static final Schedule SHORT = new Schedule(STEPS, 2, 1e-3, List.of(), 1, 0.5, STEPS, 100);
  private static final long SEED = 5;

  /** A trial and what teaches it. */
  private record Place(TrialSetup trial, String teacher) {}

  @ParameterizedTest
  @ValueSource(ints = {1, 2})
  void everyPairTrains(int scale) {
    List<String> models = SmallModels.at(scale);
    Map<String, Checkpoint> weights = new TreeMap<>();
    models.forEach(model -> weights.put(model, weights("student", model, scale)));
    Map<String, Set<TrialSetup>> byTeacher =
        places(models).stream()
            .collect(
                Collectors.groupingBy(
                    Place::teacher,
                    TreeMap::new,
                    Collectors.mapping(Place::trial, Collectors.toCollection(LinkedHashSet::new))));
    byTeacher.forEach(
        (teacher, trials) -> {
          CohortSetup setup = setup(scale, teacher, List.copyOf(trials), weights);
          // The first step leaves what a method keeps from step to step.
          check(setup, Cohorts.withoutLeak(2, setup));
        });
  }

  static List<String> calibrating() {
    return quantizers(QuantizerFamily.Kind.POST_TRAINING);
  }

  @ParameterizedTest
  @MethodSource("calibrating")
  void whatIsOnlyCalibratedIsTheSameWithEveryMethod(String quantizer) {
    String student = SmallModels.of("edsr");
    List<String> methods = RegisteredMethods.all();
    if (quantizer.equals("2dquant")) {
      // Its tuning takes seconds.
      methods = List.of("none", "spark");
    }
    List<TrialSetup> trials =
        methods.stream().map(method -> trial(method, student, quantizer)).toList();
    Map<String, Checkpoint> weights = Map.of(student, weights("student", student, 2));
    Cohorts.Recorder recorder = Cohorts.run(setup(2, student, trials, weights), Map.of());
    assertThat(recorder.failures).isEmpty();
    assertThat(recorder.finished).hasSize(trials.size());
    assertThat(recorder.finished.values()).allMatch(trained -> trained.steps() == 0);
    assertThat(recorder.finished.values().stream().map(TrainedTrial::weightHash).distinct())
        .hasSize(1);
  }

  private static List<Place> places(List<String> models) {
    List<String> methods = RegisteredMethods.all();
    List<String> quantizers = new ArrayList<>();
    quantizers.addAll(quantizers(QuantizerFamily.Kind.FULL_PRECISION));
    quantizers.addAll(quantizers(QuantizerFamily.Kind.QUANTIZATION_AWARE));
    return PairwiseCovering.rows(methods.size(), models.size(), models.size(), quantizers.size())
        .stream()
        .map(
            row ->
                new Place(
                    trial(methods.get(row[0]), models.get(row[1]), quantizers.get(row[3])),
                    models.get(row[2])))
        .toList();
  }

  private static List<String> quantizers(QuantizerFamily.Kind kind) {
    return Quantizers.registry().all().stream()
        .filter(family -> family.kind() == kind)
        .map(QuantizerFamily::name)
        .toList();
  }

  private static TrialSetup trial(String method, String student, String quantizer) {
    String bits = "w4a4";
    if (quantizer.equals("fp")) {
      bits = "fp";
    }
    String id = String.join(" ", method, student, quantizer);
    return new TrialSetup(id, Cell.of(student, bits, quantizer, method, SEED));
  }

  private static void check(CohortSetup setup, Cohorts.Recorder recorder) {
    String teacher = setup.teacher().orElseThrow().model();
    assertThat(recorder.failures).as("taught by %s", teacher).isEmpty();
    for (TrialSetup trial : setup.trials()) {
      TrainedTrial trained = recorder.finished.get(trial.id());
      assertThat(trained).as("%s taught by %s", trial.id(), teacher).isNotNull();
      List<CurvePoint> losses =
          trained.curve().stream().filter(point -> point.series().startsWith("loss/")).toList();
      assertThat(losses).as(trial.id()).isNotEmpty();
      assertThat(losses).as(trial.id()).allMatch(point -> Double.isFinite(point.value()));
      moved(setup.initial().get(trial.cell().student().text()), trained, teacher);
    }
  }

  private static void moved(Checkpoint initial, TrainedTrial trained, String teacher) {
    List<String> still = new ArrayList<>();
    initial
        .tensors()
        .forEach(
            (name, tensor) -> {
              HostTensor now = trained.weights().tensors().get(name);
              if (Arrays.equals(tensor.values(), now.values())) {
                still.add(name);
              }
              for (float value : now.values()) {
                assertThat(value).as(trained.id() + " " + name).isFinite();
              }
            });
    // A unit of a channel attention may be dead in a network as small as these.
    assertThat(still)
        .as("%s taught by %s: %s", trained.id(), teacher, still)
        .hasSizeLessThanOrEqualTo(initial.tensors().size() / 10);
  }

  private static CohortSetup setup(
      int scale, String teacher, List<TrialSetup> trials, Map<String, Checkpoint> weights) {
    return new CohortSetup(
            task(scale),
            new ModelTarget(3, scale),
            SEED,
            SHORT,
            1,
            patches(scale, 6, "training"),
            patches(scale, 1, "validation"),
            Optional.of(new CohortSetup.Teacher(teacher, weights("teacher", teacher, scale))),
            weights,
            Optional.empty(),
            trials)
        .withEncoder(NarrowEncoder.weights());
  }

  private static Task task(int scale) {
    if (scale == 1) {
      return new Denoising(25);
    }
    return new SuperResolution(scale);
  }

  // Inputs of 16×16, the least that a spec allows.
  private static PatchSource patches(int scale, int count, String key) {
    PatchSource pairs = Cohorts.patches(count, key);
    if (scale == 2) {
      return pairs;
    }
    List<PatchSource.Pair> clean = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      PlanarImage image = pairs.pair(i).target().crop(0, 0, 16, 16);
      clean.add(new PatchSource.Pair(image, image));
    }
    return Cohorts.source(clean);
  }

  private static Checkpoint weights(String role, String model, int scale) {
    try (NDManager manager = NDManager.newBaseManager();
        Network network =
            Network.build(model, new ModelTarget(3, scale), Draws.of(role), manager)) {
      return network.checkpoint();
    }
  }
}

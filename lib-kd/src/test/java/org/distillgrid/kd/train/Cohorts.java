package org.distillgrid.kd.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.ndarray.NDManager;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.commons.rng.UniformRandomProvider;
import org.distillgrid.kd.distill.PatchMaps;
import org.distillgrid.kd.image.PlanarImage;
import org.distillgrid.kd.model.ModelTarget;
import org.distillgrid.kd.model.Network;
import org.distillgrid.kd.random.Draws;
import org.distillgrid.kd.task.SuperResolution;
import org.distillgrid.kd.train.patches.PatchSource;
import org.distillgrid.kd.weights.Checkpoint;
import org.distillgrid.kd.weights.Safetensors;

/**
 * Small cohorts on patches that are smooth noise, and a listener that keeps all that it is told.
 */
public final class Cohorts {
  public static final TrainingDevice CPU = TrainingDevice.of(List.of(), 1);
  static final ModelTarget TARGET = new ModelTarget(3, 2);
  public static final Schedule SHORT = new Schedule(12, 2, 1e-3, List.of(0.5), 0.5, 0.9, 4, 5);

  private Cohorts() {}

  /** Returns patches of 32×32 pixels with their halves. */
  public static PatchSource patches(int count, String key) {
    SuperResolution task = new SuperResolution(2);
    List<PatchSource.Pair> pairs = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      PlanarImage target = smooth(Draws.of(key).at(i, "patch"));
      pairs.add(new PatchSource.Pair(task.degrade(target), target));
    }
    return source(pairs);
  }

  /** Returns pairs in the order of a list. */
  public static PatchSource source(List<PatchSource.Pair> pairs) {
    return new PatchSource() {
      @Override
      public int size() {
        return pairs.size();
      }

      @Override
      public Pair pair(int index) {
        return pairs.get(index);
      }
    };
  }

  private static PlanarImage smooth(UniformRandomProvider draws) {
    int side = 32;
    byte[] samples = new byte[3 * side * side];
    for (int c = 0; c < 3; c++) {
      double row = 0.2 + draws.nextDouble();
      double column = 0.2 + draws.nextDouble();
      for (int i = 0; i < side * side; i++) {
        double wave = Math.sin(i / side * row) + Math.cos(i % side * column);
        samples[c * side * side + i] = (byte) Math.round(127 + 50 * wave + draws.nextInt(9));
      }
    }
    return new PlanarImage(3, side, side, samples);
  }

  static CohortSetup of(
      Schedule schedule, Optional<CohortSetup.Teacher> teacher, TrialSetup... trials) {
    return new CohortSetup(
        new SuperResolution(2),
        TARGET,
        7,
        schedule,
        2,
        patches(10, "training"),
        patches(2, "validation"),
        teacher,
        Map.of(),
        Optional.empty(),
        List.of(trials));
  }

  static TrialSetup trial(String bits, String quantizer, String method) {
    String id = bits + "/" + quantizer + "/" + method;
    return new TrialSetup(id, Cell.of("edsr-c4-b1", bits, quantizer, method, 7));
  }

  /** Keeps results, failures, states and pictures. */
  public static class Recorder implements CohortListener {
    public final Map<String, TrainedTrial> finished = new HashMap<>();
    public final Map<String, Exception> failures = new HashMap<>();
    public final Map<String, Checkpoint> states = new HashMap<>();
    public final Map<String, List<PatchMaps>> pictures = new HashMap<>();
    public final Map<String, List<Long>> steps = new HashMap<>();
    long lastStep;

    @Override
    public void stepEnded(long step, long steps) {
      lastStep = step;
    }

    @Override
    public void checkpoint(String trialId, long step, Checkpoint state) {
      states.put(trialId, state);
    }

    @Override
    public void pictured(String trialId, int number, PatchMaps maps) {
      pictures.computeIfAbsent(trialId, first -> new ArrayList<>()).add(number, maps);
    }

    @Override
    public void picturedUnderWay(String trialId, long step, PatchMaps maps) {
      steps.computeIfAbsent(trialId, first -> new ArrayList<>()).add(step);
    }

    @Override
    public void finished(TrainedTrial trial) {
      finished.put(trial.id(), trial);
    }

    @Override
    public void failed(String trialId, long step, Exception failure) {
      failures.put(trialId, failure);
    }
  }

  /** Trains a cohort until its process is lost, and returns the states that it left, read back. */
  static Map<String, Checkpoint> lostAfter(long fatalStep, CohortSetup setup) {
    Recorder broken =
        new Recorder() {
          @Override
          public void stepEnded(long step, long steps) {
            if (step == fatalStep) {
              throw new IllegalStateException("the machine went away");
            }
          }
        };
    assertThatThrownBy(() -> CohortTraining.run(CPU, setup, Map.of(), broken))
        .hasMessage("the machine went away");
    Map<String, Checkpoint> saved = new HashMap<>();
    broken.states.forEach(
        (id, state) -> saved.put(id, Safetensors.read(Safetensors.bytes(state), id)));
    return saved;
  }

  /** A training that keeps its arrays in a manager and tells a listener. */
  public interface Training {
    void run(NDManager manager, CohortListener listener);
  }

  /** Trains a cohort and asserts that it keeps equally many arrays after every step from one on. */
  public static Recorder withoutLeak(long settled, CohortSetup setup) {
    return withoutLeak(
        "taught by " + setup.teacher().orElseThrow().model(),
        settled,
        setup.schedule().steps(),
        (manager, listener) -> CohortTraining.run(manager, setup, Map.of(), listener));
  }

  /** Trains and asserts that equally many arrays are kept after every step from one on. */
  public static Recorder withoutLeak(String what, long settled, long steps, Training training) {
    long[] counts = new long[Math.toIntExact(steps) + 1];
    try (NDManager manager = CPU.open()) {
      Recorder recorder =
          new Recorder() {
            @Override
            public void stepEnded(long step, long all) {
              counts[(int) step] = manager.getManagedArrays().size();
            }
          };
      training.run(manager, recorder);
      assertThat(recorder.failures).as(what).isEmpty();
      assertThat(Arrays.stream(counts, (int) settled, counts.length).distinct().toArray())
          .as("%s: arrays kept after each step", what)
          .hasSize(1);
      return recorder;
    }
  }

  /** Returns an untrained teacher for the task that cohorts have. */
  static Optional<CohortSetup.Teacher> teacher(String model) {
    return teacher(model, TARGET);
  }

  /** Returns an untrained teacher. */
  static Optional<CohortSetup.Teacher> teacher(String model, ModelTarget target) {
    try (NDManager manager = NDManager.newBaseManager();
        Network network = Network.build(model, target, Draws.of("teacher"), manager)) {
      return Optional.of(new CohortSetup.Teacher(model, network.checkpoint()));
    }
  }

  static Recorder run(CohortSetup setup, Map<String, Checkpoint> resume) {
    Recorder recorder = new Recorder();
    CohortTraining.run(CPU, setup, resume, recorder);
    return recorder;
  }
}

package org.distillgrid.bench;

import java.io.PrintStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.distillgrid.kd.model.ModelTarget;
import org.distillgrid.kd.task.SuperResolution;
import org.distillgrid.kd.train.Cell;
import org.distillgrid.kd.train.CohortListener;
import org.distillgrid.kd.train.CohortSetup;
import org.distillgrid.kd.train.CohortTraining;
import org.distillgrid.kd.train.Schedule;
import org.distillgrid.kd.train.TrainedTrial;
import org.distillgrid.kd.train.TrainingDevice;
import org.distillgrid.kd.train.TrialSetup;
import org.distillgrid.kd.weights.Checkpoint;
import org.distillgrid.kd.weights.file.Checkpoints;

/**
 * Times eight trials of an EDSR 16×4 student with the RLFN ×2 teacher, as one cohort against one
 * after the other. Prints CSV: trials, together_s, apart_s, ratio; the pair with the middle ratio.
 */
public final class BenchCohort {
  private static final ModelTarget TARGET = new ModelTarget(3, 2);
  private static final double NANOSECONDS = 1e9;

  private BenchCohort() {}

  /** Runs {@code RLFN_X2_WEIGHTS [--steps N] [--batch N] [--rounds N] [--threads N]}. */
  public static void main(String[] args) {
    List<String> arguments = Arrays.asList(args);
    Checkpoint teacher = Checkpoints.open(Path.of(arguments.get(0)));
    Schedule schedule =
        new Schedule(
            (long) Stopwatch.option(arguments, "--steps", 20),
            (int) Stopwatch.option(arguments, "--batch", 8),
            1e-4,
            List.of(),
            1,
            0.999,
            1_000_000,
            1_000_000);
    int rounds = (int) Stopwatch.option(arguments, "--rounds", 3);
    int threads = (int) Stopwatch.option(arguments, "--threads", 1);
    PrintStream out = System.out;
    out.println("trials,together_s,apart_s,ratio");
    List<String> four = List.of("fp", "w8a8", "w4a4", "w2a2");
    List<String> eight = List.of("fp", "w8a8", "w6a6", "w5a5", "w4a4", "w4a8", "w3a3", "w2a2");
    compare(
        "4 bits × (none; logits)",
        trials(four, "none", "logits"),
        teacher,
        schedule,
        rounds,
        threads,
        out);
    compare("8 bits × logits", trials(eight, "logits"), teacher, schedule, rounds, threads, out);
  }

  private static void compare(
      String name,
      List<TrialSetup> trials,
      Checkpoint teacher,
      Schedule schedule,
      int rounds,
      int threads,
      PrintStream out) {
    List<double[]> pairs = new ArrayList<>();
    for (int round = 0; round <= rounds; round++) {
      double together = seconds(trials, teacher, schedule, threads);
      double apart = 0;
      for (TrialSetup trial : trials) {
        apart += seconds(List.of(trial), teacher, schedule, threads);
      }
      // The first round warms up.
      if (round > 0) {
        pairs.add(new double[] {apart / together, together, apart});
      }
    }
    pairs.sort((left, right) -> Double.compare(left[0], right[0]));
    double[] middle = pairs.get(pairs.size() / 2);
    out.printf("%s,%.2f,%.2f,%.2f%n", name, middle[1], middle[2], middle[0]);
  }

  private static double seconds(
      List<TrialSetup> trials, Checkpoint teacher, Schedule schedule, int threads) {
    CohortSetup setup =
        new CohortSetup(
            new SuperResolution(2),
            TARGET,
            0,
            schedule,
            1,
            new NoisePatches(64, 48, 2),
            new NoisePatches(0, 48, 2),
            Optional.of(new CohortSetup.Teacher("rlfn", teacher)),
            Map.of(),
            Optional.empty(),
            trials);
    long started = System.nanoTime();
    CohortTraining.run(TrainingDevice.of(List.of(), threads), setup, Map.of(), new Strict());
    return (System.nanoTime() - started) / NANOSECONDS;
  }

  private static List<TrialSetup> trials(List<String> bits, String... methods) {
    List<TrialSetup> trials = new ArrayList<>();
    for (String method : methods) {
      for (String width : bits) {
        String quantizer = "lsq";
        if (width.equals("fp")) {
          quantizer = "fp";
        }
        String id = width + "/" + method;
        trials.add(new TrialSetup(id, Cell.of("edsr-c16-b4", width, quantizer, method, 0)));
      }
    }
    return trials;
  }

  /** Ends the benchmark when a trial fails. */
  private static final class Strict implements CohortListener {
    @Override
    public void stepEnded(long step, long steps) {}

    @Override
    public void checkpoint(String trialId, long step, Checkpoint state) {}

    @Override
    public void finished(TrainedTrial trial) {}

    @Override
    public void failed(String trialId, long step, Exception failure) {
      throw new IllegalStateException("Cannot time " + trialId, failure);
    }
  }
}

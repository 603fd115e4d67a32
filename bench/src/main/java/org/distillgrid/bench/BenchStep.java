package org.distillgrid.bench;

import java.io.PrintStream;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.distillgrid.kd.model.ModelTarget;
import org.distillgrid.kd.task.SuperResolution;
import org.distillgrid.kd.train.Cell;
import org.distillgrid.kd.train.CohortSetup;
import org.distillgrid.kd.train.CohortTraining;
import org.distillgrid.kd.train.Schedule;
import org.distillgrid.kd.train.TrainingDevice;
import org.distillgrid.kd.train.TrialSetup;

/**
 * Times whole training steps as the grid runs them: the batch cut, turned and copied, forward, L1,
 * backward, Adam, the moving average and the curve. Prints CSV: case, median_ms, min_ms.
 */
public final class BenchStep {
  private record Case(String student, String bits, int side) {
    String quantizer() {
      if (bits.equals("fp")) {
        return "fp";
      }
      return "lsq";
    }
  }

  private static final List<Case> CASES =
      List.of(
          new Case("edsr-c16-b4", "fp", 32),
          new Case("edsr-c16-b4", "w4a4", 32),
          new Case("edsr-c64-b16", "fp", 48),
          new Case("edsr-c64-b16", "w4a4", 48));

  private BenchStep() {}

  /** Runs every case: {@code [--seconds S] [--threads N]}. */
  public static void main(String[] args) {
    List<String> arguments = Arrays.asList(args);
    double seconds = Stopwatch.option(arguments, "--seconds", 8);
    int threads = (int) Stopwatch.option(arguments, "--threads", 1);
    PrintStream out = System.out;
    out.println("case,median_ms,min_ms");
    for (Case one : CASES) {
      double[] times = time(one, seconds, threads);
      out.printf("%s/%s,%.3f,%.3f%n", one.student, one.bits, Stopwatch.median(times), times[0]);
    }
  }

  private static double[] time(Case one, double seconds, int threads) {
    Schedule schedule = new Schedule(1_000_000, 4, 1e-4, List.of(), 1, 0.999, 1_000_000, 1_000_000);
    CohortSetup setup =
        new CohortSetup(
            new SuperResolution(2),
            new ModelTarget(3, 2),
            0,
            schedule,
            1,
            new NoisePatches(64, one.side, 2),
            new NoisePatches(0, one.side, 2),
            Optional.empty(),
            Map.of(),
            Optional.empty(),
            List.of(
                new TrialSetup(
                    "timed", Cell.of(one.student, one.bits, one.quantizer(), "none", 0))));
    Stopwatch stopwatch = new Stopwatch(seconds);
    try {
      CohortTraining.run(TrainingDevice.of(List.of(), threads), setup, Map.of(), stopwatch);
    } catch (Stopwatch.Enough e) {
      return stopwatch.milliseconds();
    }
    throw new IllegalStateException("The training ended before it was timed");
  }
}

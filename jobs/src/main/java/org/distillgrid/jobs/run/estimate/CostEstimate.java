package org.distillgrid.jobs.run.estimate;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.IntFunction;
import org.distillgrid.jobs.cluster.Machine;
import org.distillgrid.jobs.cluster.Workers;
import org.distillgrid.jobs.draft.SpecImages;
import org.distillgrid.jobs.plan.TrialPlan;
import org.distillgrid.jobs.run.GridMemory;
import org.distillgrid.jobs.spec.Catalog;
import org.distillgrid.jobs.spec.RunSpec;
import org.distillgrid.kd.train.TrainingDevice;

/**
 * What a run will take of this machine, in lines: rough, but by steps of its own networks that were
 * measured here.
 *
 * @param lines what was measured, assumed and found
 */
public record CostEstimate(List<Line> lines) {
  private static final double MEASURED_SECONDS = 10;
  private static final double MINUTE = 60;
  private static final double HOUR = 3600;
  private static final double MEBIBYTE = 1L << 20;
  private static final double GIBIBYTE = 1L << 30;

  /** One thing that a run takes, and how much of it. */
  public record Line(String about, String text) {}

  /** Takes an unmodifiable copy. */
  public CostEstimate {
    lines = List.copyOf(lines);
  }

  /**
   * Measures for ten seconds or so, and estimates.
   *
   * @param workers the executors that the run would start on this machine; nothing where a master
   *     is named
   * @throws org.distillgrid.kd.error.GridException if no image of the spec can be read
   */
  public static CostEstimate of(
      RunSpec spec, Catalog catalog, TrialPlan plan, Optional<Workers> workers) {
    SpecImages images = SpecImages.of(spec);
    int threads = spec.cluster().threads();
    TrainingDevice device = TrainingDevice.of(Machine.here().gpus(), threads);
    StepTimes times = StepTimes.measure(spec, catalog, plan, device, MEASURED_SECONDS);
    List<Line> lines = new ArrayList<>();
    lines.add(
        new Line(
            "images",
            String.format(
                Locale.ROOT,
                "about %,d training patches; test sets of %.2f megapixels",
                images.patches(),
                images.testPixels() / 1e6)));
    int executors = workers.map(Workers::count).orElse(1);
    if (!times.isEmpty()) {
      TimeEstimate time = new TimeEstimate(spec, catalog, plan, images, times);
      lines.add(
          new Line(
              "a step",
              "%s on %s, %s".formatted(times.text(), device.name(), counted(threads, "thread"))));
      lines.add(new Line("time", each(executors, n -> duration(time.seconds(n)))));
      lines.add(new Line("", assumptions()));
    }
    lines.add(new Line("disk", disk(DiskEstimate.of(spec, catalog, plan, images))));
    GridMemory memory = GridMemory.ofRun(spec, catalog);
    lines.add(
        new Line("memory each", each(executors, n -> bytes((double) memory.need(n).total()))));
    return new CostEstimate(lines);
  }

  private static String each(int executors, IntFunction<String> amount) {
    String one = amount.apply(1) + " with 1 executor";
    if (executors == 1) {
      return one;
    }
    return "%s, %s with the %d that run starts on this machine"
        .formatted(one, amount.apply(executors), executors);
  }

  private static String assumptions() {
    return String.format(
        Locale.ROOT,
        "assumed: a pass is a third of a step; %.0f s for sessions, patches and tables, %.0f s a"
            + " trial; what methods add beside the teacher's passes is not counted; executors do"
            + " not slow one another",
        TimeEstimate.FIXED_SECONDS,
        TimeEstimate.TRIAL_SECONDS);
  }

  private static String disk(DiskEstimate disk) {
    return "%s: patches %s (as much again in the temporary folder), predictions %s, weights %s,"
            .formatted(
                bytes(disk.total()),
                bytes(disk.patches()),
                bytes(disk.predictions()),
                bytes(disk.weights()))
        + " checkpoints "
        + bytes(disk.checkpoints());
  }

  private static String duration(double seconds) {
    return String.format(Locale.ROOT, "%.2f h (%.1f min)", seconds / HOUR, seconds / MINUTE);
  }

  private static String bytes(double bytes) {
    if (bytes < GIBIBYTE) {
      return String.format(Locale.ROOT, "%.1f MiB", bytes / MEBIBYTE);
    }
    return String.format(Locale.ROOT, "%.1f GiB", bytes / GIBIBYTE);
  }

  private static String counted(int number, String name) {
    if (number == 1) {
      return "1 " + name;
    }
    return number + " " + name + "s";
  }
}

package org.distillgrid.jobs.run.estimate;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.distillgrid.jobs.plan.PretrainKey;
import org.distillgrid.jobs.plan.Trial;
import org.distillgrid.jobs.plan.TrialPlan;
import org.distillgrid.jobs.spec.Catalog;
import org.distillgrid.jobs.spec.RunSpec;
import org.distillgrid.jobs.spec.TrainingSettings;
import org.distillgrid.kd.model.ModelTarget;
import org.distillgrid.kd.model.NetworkCost;
import org.distillgrid.kd.task.Task;
import org.distillgrid.kd.train.Cell;
import org.distillgrid.kd.train.StepTime;
import org.distillgrid.kd.train.TrainingDevice;

/**
 * What steps of a spec's own networks take on this machine. The first few are measured; what others
 * take is that of the first, times the multiplications that they have more.
 */
final class StepTimes {
  private static final int MOST = 6;
  private static final double MILLISECONDS = 1000;

  private final RunSpec spec;
  private final Catalog catalog;
  private final ModelTarget target;
  private final Map<String, StepTime> measured = new LinkedHashMap<>();
  private final Map<String, Cell> cells = new LinkedHashMap<>();
  private final Map<String, Double> multiplications = new LinkedHashMap<>();

  private StepTimes(RunSpec spec, Catalog catalog) {
    this.spec = spec;
    this.catalog = catalog;
    this.target = new ModelTarget(spec.data().channels(), spec.task().scale());
  }

  /**
   * Measures the teacher, the students of a plan, and these with their quantisers.
   *
   * @param seconds how long, about, for all together
   */
  static StepTimes measure(
      RunSpec spec, Catalog catalog, TrialPlan plan, TrainingDevice device, double seconds) {
    StepTimes times = new StepTimes(spec, catalog);
    spec.teacher()
        .ifPresent(
            teacher -> {
              Cell cell = Cell.fullPrecision(catalog.model(teacher.model()), 0);
              times.cells.put(key(cell), cell);
            });
    Stream.concat(
            plan.pretrained().stream().map(PretrainKey::student).map(each -> plain(each.text())),
            plan.trials().stream().map(Trial::cell).filter(Cell::isTrained).map(StepTimes::alone))
        .forEach(cell -> times.cells.putIfAbsent(key(cell), cell));
    List<Cell> chosen = times.cells.values().stream().limit(MOST).toList();
    chosen.forEach(
        cell -> times.measured.put(key(cell), times.time(cell, seconds / chosen.size(), device)));
    return times;
  }

  /** Returns what a training step of a cell takes for each ground-truth pixel, in seconds. */
  double perPixel(Cell cell) {
    StepTime own = measured.get(key(cell));
    if (own != null) {
      return own.secondsPerPixel();
    }
    Map.Entry<String, StepTime> first = measured.entrySet().iterator().next();
    return first.getValue().secondsPerPixel()
        * multiplications(cell)
        / multiplications(cells.get(first.getKey()));
  }

  /** Returns whether there was anything to measure. */
  boolean isEmpty() {
    return measured.isEmpty();
  }

  /**
   * Returns what was measured in words: {@code edsr-c16-b4 lsq 14.0 ms (8 patches of 64 pixels)}.
   */
  String text() {
    List<String> parts = new ArrayList<>();
    measured.forEach(
        (key, time) ->
            parts.add(
                String.format(
                    Locale.ROOT,
                    "%s %.1f ms (batch %d of %d pixels)",
                    key,
                    MILLISECONDS * time.seconds(),
                    time.batch(),
                    time.side())));
    return parts.stream().collect(Collectors.joining(", "));
  }

  private StepTime time(Cell cell, double seconds, TrainingDevice device) {
    TrainingSettings settings = spec.train().settings();
    int side = spec.data().window().orElse(spec.data().patch());
    Task task = catalog.task(spec.task().name()).task(spec.task().scale());
    StepTime.Step step =
        new StepTime.Step(cell, task, spec.data().channels(), side, settings.batch());
    return StepTime.measure(step, device, seconds);
  }

  private double multiplications(Cell cell) {
    int side = spec.data().patch();
    return multiplications.computeIfAbsent(
        cell.student().canonical(),
        any -> (double) NetworkCost.of(cell.student(), target, side, side).macs());
  }

  private static Cell plain(String student) {
    return Cell.of(student, "fp", Catalog.NO_QUANTIZER, Catalog.NO_METHOD, 0);
  }

  private static Cell alone(Cell cell) {
    return Cell.of(
        cell.student().text(),
        cell.bits().toString(),
        cell.quantizer().canonical(),
        Catalog.NO_METHOD,
        0);
  }

  // All widths of a quantiser take as long.
  private static String key(Cell cell) {
    return cell.student().text() + " " + cell.quantizer().canonical();
  }
}

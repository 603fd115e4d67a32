package org.distillgrid.jobs.plan;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.distillgrid.jobs.spec.Catalog;
import org.distillgrid.jobs.spec.Crop;
import org.distillgrid.jobs.spec.RunSpec;
import org.distillgrid.jobs.spec.StudentSpec;
import org.distillgrid.jobs.spec.TeacherSpec;
import org.distillgrid.kd.distill.TeacherUse;
import org.distillgrid.kd.error.ErrorCode;
import org.distillgrid.kd.error.GridException;
import org.distillgrid.kd.quant.Bits;
import org.distillgrid.kd.task.Tasks;
import org.distillgrid.kd.train.Cell;
import org.distillgrid.kd.train.Schedule;

/**
 * Turns the axes of a grid into trials: the product, what include adds, minus what exclude takes
 * out, each trial once.
 */
public final class GridExpansion {
  private final RunSpec spec;
  private final Catalog catalog;
  private final MethodLabels labels;
  private final Students students;
  private final String teacher;
  private final Schedule pretrain;
  private final Schedule train;
  // The cells of a grid share what was parsed once, and so its spelling.
  private final IdentityHashMap<Object, String> spellings = new IdentityHashMap<>();
  private final Map<String, String> labelled = new HashMap<>();
  private final Map<String, StudentStart> starts = new HashMap<>();

  private record Spelled(
      String student,
      Optional<String> weights,
      Bits bits,
      String quantizer,
      String method,
      long seed) {}

  private GridExpansion(RunSpec spec, Catalog catalog) {
    this.spec = spec;
    this.catalog = catalog;
    this.labels = MethodLabels.of(spec.grid());
    this.students = Students.of(spec.grid(), catalog);
    this.teacher = spec.teacher().map(given -> catalog.model(given.model()).canonical()).orElse("");
    this.pretrain = spec.train().pretrain().settings().over(spec.data());
    this.train = spec.train().settings().over(spec.data());
  }

  /** Returns the trials of a spec that has been read and checked. */
  public static TrialPlan expand(RunSpec spec, Catalog catalog) {
    return new GridExpansion(spec, catalog).plan();
  }

  private TrialPlan plan() {
    GridCells grid = GridCells.of(spec.grid(), catalog);
    List<GridCell> cells = grid.all();
    List<GridCell> kept = grid.kept(cells);
    Map<Spelled, GridCell> distinct = new LinkedHashMap<>();
    kept.forEach(cell -> distinct.merge(spelled(cell.cell()), cell, GridExpansion::merged));
    List<Trial> trials = new ArrayList<>();
    TunedCells tuned = new TunedCells(spec.grid().tune().seeds());
    for (GridCell cell : distinct.values()) {
      Trial trial = trial(cell);
      trials.add(trial);
      cell.tuned().ifPresent(method -> tuned.add(trial, method, label(method.spelling())));
    }
    return new TrialPlan(
        trials,
        tuned.all(),
        cells.size(),
        kept.size() - distinct.size(),
        cells.size() - kept.size());
  }

  private static GridCell merged(GridCell one, GridCell other) {
    if (one.tuned().isPresent() && other.tuned().isPresent()) {
      String first = one.tuned().get().spelling();
      String second = other.tuned().get().spelling();
      if (!first.equals(second)) {
        throw GridException.of(
            ErrorCode.USAGE,
            "Cannot tune %s and %s both: %s is a candidate of both",
            first,
            second,
            one.cell().method().canonical());
      }
    }
    return one.and(other);
  }

  // Two spellings of one student are one trial; nothing else has two by now.
  private Spelled spelled(Cell cell) {
    return new Spelled(
        spellings.computeIfAbsent(cell.student(), any -> cell.student().canonical()),
        start(cell).weights(),
        cell.bits(),
        spellings.computeIfAbsent(cell.quantizer(), any -> cell.quantizer().canonical()),
        method(cell),
        cell.seed());
  }

  private String method(Cell cell) {
    return spellings.computeIfAbsent(cell.method(), any -> cell.method().canonical());
  }

  private StudentStart start(Cell cell) {
    return starts.computeIfAbsent(
        cell.label(),
        label -> {
          StudentSpec student = students.named(label);
          return new StudentStart(label, spec.train().start(student), student.weights().orElse(""));
        });
  }

  private Trial trial(GridCell place) {
    Cell cell = place.cell();
    String called = method(cell);
    if (!place.isNamed()) {
      called = place.tuned().map(GridMethod::spelling).orElse(called);
    }
    return new Trial(
        spec.task().name(),
        spec.task().scale(),
        spec.data().channels(),
        cell,
        label(called),
        teacher,
        start(cell),
        pretrain,
        train,
        spec.train().calibrationBatches(),
        spec.train().validatePatches(),
        spec.cluster().threadsOr(spec.train().pretrain().threads()),
        spec.cluster().threads(),
        predict(cell));
  }

  private String label(String spelling) {
    return labelled.computeIfAbsent(spelling, method -> labels.label(method, catalog));
  }

  private TeacherSpec.Predict predict(Cell cell) {
    boolean fixed =
        spec.data().crop() == Crop.GRID
            && Tasks.of(spec.task().name(), spec.task().scale()).inputIsFixed();
    if (spec.predictsOnce() && fixed && cell.method().teacherUse() == TeacherUse.OUTPUT) {
      return TeacherSpec.Predict.ONCE;
    }
    return TeacherSpec.Predict.BATCH;
  }
}

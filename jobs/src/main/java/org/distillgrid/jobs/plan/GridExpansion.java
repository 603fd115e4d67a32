package org.distillgrid.jobs.plan;

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
    List<Cell> cells = grid.all();
    List<Cell> kept = grid.kept(cells);
    Map<Spelled, Cell> distinct = new LinkedHashMap<>();
    kept.forEach(cell -> distinct.putIfAbsent(spelled(cell), cell));
    return new TrialPlan(
        distinct.values().stream().map(this::trial).toList(),
        cells.size(),
        kept.size() - distinct.size(),
        cells.size() - kept.size());
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

  private Trial trial(Cell cell) {
    return new Trial(
        spec.task().name(),
        spec.task().scale(),
        spec.data().channels(),
        cell,
        labelled.computeIfAbsent(method(cell), method -> labels.label(method, catalog)),
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

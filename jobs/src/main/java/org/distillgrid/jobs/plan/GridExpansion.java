package org.distillgrid.jobs.plan;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.distillgrid.jobs.spec.Catalog;
import org.distillgrid.jobs.spec.RunSpec;
import org.distillgrid.jobs.spec.TeacherSpec;
import org.distillgrid.jobs.spec.TrainSpec;
import org.distillgrid.kd.distill.TeacherUse;
import org.distillgrid.kd.task.Tasks;
import org.distillgrid.kd.train.Cell;

/**
 * Turns the axes of a grid into trials: the product, what include adds, minus what exclude takes
 * out, each trial once.
 */
public final class GridExpansion {
  private final RunSpec spec;
  private final Catalog catalog;

  private GridExpansion(RunSpec spec, Catalog catalog) {
    this.spec = spec;
    this.catalog = catalog;
  }

  /** Returns the trials of a spec that has been read and checked. */
  public static TrialPlan expand(RunSpec spec, Catalog catalog) {
    return new GridExpansion(spec, catalog).plan();
  }

  private TrialPlan plan() {
    List<Cell> cells = GridCells.all(spec.grid(), catalog);
    List<Cell> kept = GridCells.kept(spec.grid(), catalog);
    Map<List<Object>, Cell> distinct = new LinkedHashMap<>();
    kept.forEach(cell -> distinct.putIfAbsent(spelledAlike(cell), cell));
    MethodLabels labels = MethodLabels.of(spec.grid());
    return new TrialPlan(
        distinct.values().stream().map(cell -> trial(cell, labels)).toList(),
        cells.size(),
        kept.size() - distinct.size(),
        cells.size() - kept.size());
  }

  // Two spellings of one student are one trial; nothing else has two by now.
  private static List<Object> spelledAlike(Cell cell) {
    return List.of(
        cell.student().canonical(),
        cell.bits(),
        cell.quantizer().canonical(),
        cell.method().canonical(),
        cell.seed());
  }

  private Trial trial(Cell cell, MethodLabels labels) {
    TrainSpec train = spec.train();
    return new Trial(
        spec.task().name(),
        spec.task().scale(),
        spec.data().channels(),
        cell,
        labels.label(cell.method().canonical(), catalog),
        spec.teacher().map(TeacherSpec::model).map(this::canonical).orElse(""),
        train.pretrain().settings().schedule(),
        train.schedule(),
        train.calibrationBatches(),
        train.validatePatches(),
        spec.cluster().threadsOr(train.pretrain().threads()),
        spec.cluster().threads(),
        predict(cell));
  }

  private TeacherSpec.Predict predict(Cell cell) {
    boolean fixed = Tasks.of(spec.task().name(), spec.task().scale()).inputIsFixed();
    if (spec.predictsOnce() && fixed && cell.method().teacherUse() == TeacherUse.OUTPUT) {
      return TeacherSpec.Predict.ONCE;
    }
    return TeacherSpec.Predict.BATCH;
  }

  private String canonical(String model) {
    return catalog.model(model).canonical();
  }
}

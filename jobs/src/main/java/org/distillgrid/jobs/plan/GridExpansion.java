package org.distillgrid.jobs.plan;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.distillgrid.jobs.spec.Catalog;
import org.distillgrid.jobs.spec.CellPattern;
import org.distillgrid.jobs.spec.GridSpec;
import org.distillgrid.jobs.spec.RunSpec;
import org.distillgrid.jobs.spec.TeacherSpec;
import org.distillgrid.jobs.spec.TrainSpec;
import org.distillgrid.kd.distill.MethodSum;

/**
 * Turns the axes of a grid into trials: the product, what include adds, minus what exclude takes
 * out, each trial once.
 */
public final class GridExpansion {
  private static final CellPattern NO_PATTERN =
      new CellPattern(List.of(), List.of(), List.of(), List.of(), List.of());

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

  /** Returns every cell before merging, in the form that trials have. */
  static List<Cell> cells(GridSpec grid, Catalog catalog) {
    GridSpec plain = MethodLabels.canonical(grid, catalog);
    List<Cell> raw = new ArrayList<>(product(plain, NO_PATTERN));
    plain.include().forEach(pattern -> raw.addAll(product(plain, pattern)));
    return raw.stream().map(cell -> cell.canonical(catalog)).toList();
  }

  /** Returns those cells that no exclude takes out. */
  static List<Cell> kept(GridSpec grid, Catalog catalog) {
    List<CellPattern> excluded = MethodLabels.canonical(grid, catalog).exclude();
    return cells(grid, catalog).stream()
        .filter(cell -> excluded.stream().noneMatch(cell::matches))
        .toList();
  }

  private static List<Cell> product(GridSpec grid, CellPattern pattern) {
    List<Cell> cells = new ArrayList<>();
    for (String student : either(pattern.student(), grid.student())) {
      for (String bits : either(pattern.bits(), grid.bits())) {
        for (String quantizer : either(pattern.quantizer(), grid.quantizer())) {
          for (String method : either(pattern.method(), grid.method())) {
            for (long seed : either(pattern.seed(), grid.seed())) {
              cells.add(new Cell(student, bits, quantizer, method, seed));
            }
          }
        }
      }
    }
    return cells;
  }

  private static <T> List<T> either(List<T> named, List<T> axis) {
    if (named.isEmpty()) {
      return axis;
    }
    return named;
  }

  private TrialPlan plan() {
    List<Cell> cells = cells(spec.grid(), catalog);
    List<Cell> kept = kept(spec.grid(), catalog);
    Map<Cell, Cell> distinct = new LinkedHashMap<>();
    kept.forEach(cell -> distinct.putIfAbsent(spelledAlike(cell), cell));
    return new TrialPlan(
        distinct.values().stream().map(this::trial).toList(),
        cells.size(),
        kept.size() - distinct.size(),
        cells.size() - kept.size());
  }

  // Two spellings of one student or quantiser are one trial; methods have one spelling by now.
  private Cell spelledAlike(Cell cell) {
    return new Cell(
        canonical(cell.student()),
        cell.bits(),
        catalog.quantizer(cell.quantizer()).canonical(),
        cell.method(),
        cell.seed());
  }

  private Trial trial(Cell cell) {
    TrainSpec train = spec.train();
    MethodSum method = catalog.method(cell.method());
    return new Trial(
        spec.task().name(),
        spec.task().scale(),
        spec.data().channels(),
        cell.student(),
        canonical(cell.student()),
        cell.bits(),
        catalog.quantizer(cell.quantizer()).canonical(),
        method.canonical(),
        MethodLabels.of(spec.grid()).label(cell.method(), catalog),
        method.readsEncoder(),
        cell.seed(),
        spec.teacher().map(TeacherSpec::model).map(this::canonical).orElse(""),
        train.pretrain().schedule(),
        train.schedule(),
        train.calibrationBatches(),
        train.validatePatches(),
        spec.cluster().threads());
  }

  private String canonical(String model) {
    return catalog.model(model).canonical();
  }
}

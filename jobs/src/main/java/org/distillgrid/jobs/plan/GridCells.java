package org.distillgrid.jobs.plan;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.distillgrid.jobs.spec.Catalog;
import org.distillgrid.jobs.spec.CellPattern;
import org.distillgrid.jobs.spec.GridSpec;
import org.distillgrid.jobs.spec.StudentSpec;
import org.distillgrid.kd.distill.MethodSum;
import org.distillgrid.kd.model.ModelName;
import org.distillgrid.kd.quant.Bits;
import org.distillgrid.kd.quant.QuantizerSetting;
import org.distillgrid.kd.train.Cell;

/** Makes the cells of a grid: the product of its axes, and what include adds to it. */
final class GridCells {
  private static final CellPattern NO_PATTERN =
      new CellPattern(List.of(), List.of(), List.of(), List.of(), List.of());

  private final GridSpec grid;
  private final Catalog catalog;
  private final Students students;
  private final QuantizerSetting noQuantizer;
  private final MethodSum noMethod;

  private GridCells(GridSpec grid, Catalog catalog) {
    this.grid = MethodLabels.canonical(grid, catalog);
    this.catalog = catalog;
    this.students = Students.of(grid, catalog);
    this.noQuantizer = catalog.quantizer(Catalog.NO_QUANTIZER);
    this.noMethod = catalog.method(Catalog.NO_METHOD);
  }

  /** Makes the cells of a grid. */
  static GridCells of(GridSpec grid, Catalog catalog) {
    return new GridCells(grid, catalog);
  }

  /** Returns every cell before merging, in the form that trials have. */
  List<GridCell> all() {
    List<GridCell> cells = new ArrayList<>(product(NO_PATTERN));
    grid.include().forEach(pattern -> cells.addAll(product(pattern)));
    return cells;
  }

  /** Returns those of some cells that no exclude takes out. */
  List<GridCell> kept(List<GridCell> cells) {
    ExcludedCells excluded = new ExcludedCells(grid.exclude(), catalog);
    return cells.stream().filter(cell -> !excluded.takesOut(cell)).toList();
  }

  // Each value is parsed once, whatever the size of the product.
  private List<GridCell> product(CellPattern pattern) {
    List<QuantizerSetting> quantizers = values(Axis.QUANTIZER, pattern, catalog::quantizer);
    List<GridMethod> methods =
        values(Axis.METHOD, pattern, text -> GridMethod.parse(text, catalog));
    List<Long> seeds = values(Axis.SEED, pattern, Long::parseLong);
    List<GridCell> cells = new ArrayList<>();
    for (StudentSpec student : values(Axis.STUDENT, pattern, students::named)) {
      ModelName model = students.model(student);
      for (Bits bits : values(Axis.BITS, pattern, Bits::parse)) {
        for (QuantizerSetting quantizer : quantizers) {
          for (GridMethod method : methods) {
            for (Candidate candidate : method.candidates()) {
              MethodSum sum = candidate.method();
              seeds.forEach(
                  seed ->
                      cells.add(
                          effective(
                              new Cell(model, student.label(), bits, quantizer, sum, seed),
                              method)));
            }
          }
        }
      }
    }
    return cells;
  }

  private <T> List<T> values(Axis axis, CellPattern pattern, Function<String, T> parser) {
    List<String> named = axis.values(pattern);
    if (named.isEmpty()) {
      named = axis.values(grid);
    }
    return named.stream().map(parser).toList();
  }

  // Drops what a cell's numbers do not depend on.
  private GridCell effective(Cell cell, GridMethod method) {
    if (cell.bits().isFull()) {
      return GridCell.of(
          new Cell(
              cell.student(), cell.label(), cell.bits(), noQuantizer, cell.method(), cell.seed()),
          method);
    }
    if (!cell.isTrained()) {
      return GridCell.named(
          new Cell(
              cell.student(), cell.label(), cell.bits(), cell.quantizer(), noMethod, cell.seed()));
    }
    return GridCell.of(cell, method);
  }
}

package org.distillgrid.jobs.plan;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.distillgrid.jobs.spec.Catalog;
import org.distillgrid.jobs.spec.CellPattern;
import org.distillgrid.jobs.spec.GridSpec;
import org.distillgrid.kd.distill.MethodSum;
import org.distillgrid.kd.quant.Bits;
import org.distillgrid.kd.quant.QuantizerSetting;
import org.distillgrid.kd.train.Cell;

/** Makes the cells of a grid: the product of its axes, and what include adds to it. */
final class GridCells {
  private static final CellPattern NO_PATTERN =
      new CellPattern(List.of(), List.of(), List.of(), List.of(), List.of());

  private final GridSpec grid;
  private final Catalog catalog;
  private final QuantizerSetting noQuantizer;
  private final MethodSum noMethod;

  private GridCells(GridSpec grid, Catalog catalog) {
    this.grid = MethodLabels.canonical(grid, catalog);
    this.catalog = catalog;
    this.noQuantizer = catalog.quantizer(Catalog.NO_QUANTIZER);
    this.noMethod = catalog.method(Catalog.NO_METHOD);
  }

  /** Returns every cell before merging, in the form that trials have. */
  static List<Cell> all(GridSpec grid, Catalog catalog) {
    return new GridCells(grid, catalog).all();
  }

  /** Returns those cells that no exclude takes out. */
  static List<Cell> kept(GridSpec grid, Catalog catalog) {
    GridCells cells = new GridCells(grid, catalog);
    return cells.all().stream().filter(cells::isKept).toList();
  }

  private List<Cell> all() {
    List<Cell> cells = new ArrayList<>(product(NO_PATTERN));
    grid.include().forEach(pattern -> cells.addAll(product(pattern)));
    return cells;
  }

  private boolean isKept(Cell cell) {
    return grid.exclude().stream().noneMatch(pattern -> matches(pattern, cell));
  }

  private boolean matches(CellPattern pattern, Cell cell) {
    return Arrays.stream(Axis.values()).allMatch(axis -> axis.matches(pattern, cell, catalog));
  }

  private List<Cell> product(CellPattern pattern) {
    List<Map<Axis, String>> places = List.of(Map.of());
    for (Axis axis : Axis.values()) {
      List<String> values = values(axis, pattern);
      places =
          places.stream()
              .flatMap(place -> values.stream().map(value -> with(place, axis, value)))
              .toList();
    }
    return places.stream().map(this::cell).toList();
  }

  private List<String> values(Axis axis, CellPattern pattern) {
    List<String> named = axis.values(pattern);
    if (named.isEmpty()) {
      return axis.values(grid);
    }
    return named;
  }

  private static Map<Axis, String> with(Map<Axis, String> place, Axis axis, String value) {
    Map<Axis, String> longer = new EnumMap<>(Axis.class);
    longer.putAll(place);
    longer.put(axis, value);
    return longer;
  }

  private Cell cell(Map<Axis, String> place) {
    return effective(
        new Cell(
            catalog.model(place.get(Axis.STUDENT)),
            Bits.parse(place.get(Axis.BITS)),
            catalog.quantizer(place.get(Axis.QUANTIZER)),
            catalog.method(place.get(Axis.METHOD)),
            Long.parseLong(place.get(Axis.SEED))));
  }

  // Drops what a cell's numbers do not depend on.
  private Cell effective(Cell cell) {
    if (cell.bits().isFull()) {
      return new Cell(cell.student(), cell.bits(), noQuantizer, cell.method(), cell.seed());
    }
    if (!cell.isTrained()) {
      return new Cell(cell.student(), cell.bits(), cell.quantizer(), noMethod, cell.seed());
    }
    return cell;
  }
}

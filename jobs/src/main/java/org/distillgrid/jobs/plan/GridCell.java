package org.distillgrid.jobs.plan;

import java.util.List;
import java.util.Optional;
import org.distillgrid.kd.train.Cell;

/**
 * A cell of a grid, and what it is there for.
 *
 * @param cell the cell
 * @param isNamed whether the grid names its method by itself
 * @param tuned the method with lists that it is a candidate of
 */
record GridCell(Cell cell, boolean isNamed, Optional<GridMethod> tuned) {
  /** A cell of a method as a grid names it. */
  static GridCell of(Cell cell, GridMethod method) {
    if (method.isTuned()) {
      return new GridCell(cell, false, Optional.of(method));
    }
    return named(cell);
  }

  /** A cell that is there for itself. */
  static GridCell named(Cell cell) {
    return new GridCell(cell, true, Optional.empty());
  }

  /** Returns what patterns call it on an axis; a candidate goes by its tuned method too. */
  List<String> names(Axis axis) {
    String own = axis.of(cell);
    if (axis == Axis.METHOD && tuned.isPresent()) {
      return List.of(own, tuned.get().spelling());
    }
    return List.of(own);
  }

  /** Returns this cell, there for what another one of the same numbers is there for too. */
  GridCell and(GridCell other) {
    return new GridCell(cell, isNamed || other.isNamed, tuned.or(other::tuned));
  }
}

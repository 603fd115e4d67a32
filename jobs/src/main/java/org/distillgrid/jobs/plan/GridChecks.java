package org.distillgrid.jobs.plan;

import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import org.distillgrid.jobs.spec.Catalog;
import org.distillgrid.jobs.spec.CellPattern;
import org.distillgrid.jobs.spec.GridSpec;
import org.distillgrid.jobs.spec.RunSpec;
import org.distillgrid.jobs.spec.binding.Problems;
import org.distillgrid.jobs.spec.binding.SpecPath;
import org.distillgrid.kd.error.GridException;
import org.distillgrid.kd.error.NearestName;
import org.distillgrid.kd.quant.QuantizerFamily;
import org.distillgrid.kd.train.Cell;

/** Checks the axes of a grid, its include and exclude, and that trials are left. */
final class GridChecks {
  private static final String TUNE_SEEDS = "grid.tune.seeds";

  private final Catalog catalog;
  private final Problems problems;

  GridChecks(Catalog catalog, Problems problems) {
    this.catalog = catalog;
    this.problems = problems;
  }

  void check(RunSpec spec) {
    GridSpec grid = spec.grid();
    int count = problems.count();
    MethodLabels labels = MethodLabels.of(grid);
    Students students = Students.of(grid, catalog);
    for (Axis axis : Axis.values()) {
      List<String> values = axis.values(grid);
      String path = "grid." + axis.key();
      if (values.isEmpty()) {
        problems.add(path, "has no values");
      }
      values(path, values, value -> canonical(axis, value, MethodLabels::alone, students));
    }
    students.check(problems);
    includes(grid.include(), labels, students);
    excludedMethods(grid.exclude(), labels);
    if (problems.count() > count) {
      return;
    }
    labels.check(catalog, problems);
    scales(spec);
    GridCells cells = GridCells.of(grid, catalog);
    new StartChecks(spec, catalog, problems).check(cells(cells.kept(cells.all())));
    excludes(MethodLabels.canonical(grid, catalog));
    cells(spec);
    tuning(spec);
  }

  private static List<Cell> cells(List<GridCell> all) {
    return all.stream().map(GridCell::cell).toList();
  }

  private void tuning(RunSpec spec) {
    GridSpec grid = spec.grid();
    Set<Long> valid = new TreeSet<>(grid.seed());
    grid.include().forEach(pattern -> valid.addAll(pattern.seed()));
    Set<Long> seen = new HashSet<>();
    for (long seed : grid.tune().seeds()) {
      if (!valid.contains(seed)) {
        problems.add(TUNE_SEEDS, "%d is no seed of the grid (valid: %s)", seed, valid);
      }
      if (!seen.add(seed)) {
        problems.add(TUNE_SEEDS, "%d appears twice", seed);
      }
    }
    // What is left are cells, which only a spec has that is right so far.
    if (problems.count() == 0) {
      problems.attempt("grid.method", () -> GridExpansion.expand(spec, catalog));
    }
  }

  // Only methods and students have labels.
  private String canonical(
      Axis axis, String value, UnaryOperator<String> unlabelled, Students students) {
    return switch (axis) {
      case METHOD -> axis.canonical(unlabelled.apply(value), catalog);
      case STUDENT -> students.canonical(value);
      case BITS, QUANTIZER, SEED -> axis.canonical(value, catalog);
    };
  }

  private void values(String path, List<String> values, UnaryOperator<String> canonical) {
    Map<String, String> seen = new HashMap<>();
    for (int i = 0; i < values.size(); i++) {
      String value = values.get(i);
      try {
        String earlier = seen.putIfAbsent(canonical.apply(value), value);
        if (earlier != null) {
          problems.addOf(path, i, "%s appears twice%s", value, alias(earlier, value));
        }
      } catch (GridException e) {
        problems.addOf(path, i, "%s", e.getMessage());
      }
    }
  }

  private static String alias(String earlier, String value) {
    if (earlier.equals(value)) {
      return "";
    }
    return ", as " + earlier + " is the same";
  }

  private void includes(List<CellPattern> patterns, MethodLabels labels, Students students) {
    for (int i = 0; i < patterns.size(); i++) {
      String path = SpecPath.element("grid.include", i);
      CellPattern pattern = patterns.get(i);
      namesAnAxis(path, pattern);
      for (Axis axis : Axis.values()) {
        values(
            path + "." + axis.key(),
            axis.values(pattern),
            value -> canonical(axis, value, labels::method, students));
      }
    }
  }

  private void excludedMethods(List<CellPattern> patterns, MethodLabels labels) {
    for (int i = 0; i < patterns.size(); i++) {
      String path = SpecPath.element("grid.exclude", i) + ".method";
      for (String text : patterns.get(i).method()) {
        problems.attempt(path, () -> Axis.METHOD.canonical(labels.method(text), catalog));
      }
    }
  }

  private void namesAnAxis(String path, CellPattern pattern) {
    boolean empty = Arrays.stream(Axis.values()).allMatch(axis -> axis.values(pattern).isEmpty());
    if (empty) {
      problems.add(path, "names no axis (valid: student, bits, quantizer, method, seed)");
    }
  }

  private void scales(RunSpec spec) {
    Set<String> seen = new HashSet<>();
    for (Cell cell : cells(GridCells.of(spec.grid(), catalog).all())) {
      String student = cell.student().text();
      if (seen.add(student)) {
        SpecChecks.model("grid.student", student, spec.task().scale(), catalog, problems);
      }
    }
  }

  private void excludes(GridSpec grid) {
    List<GridCell> cells = GridCells.of(grid, catalog).all();
    for (int i = 0; i < grid.exclude().size(); i++) {
      String path = SpecPath.element("grid.exclude", i);
      CellPattern pattern = grid.exclude().get(i);
      namesAnAxis(path, pattern);
      for (Axis axis : Axis.values()) {
        present(path + "." + axis.key(), axis, axis.values(pattern), cells);
      }
    }
  }

  private void present(String path, Axis axis, List<String> values, List<GridCell> cells) {
    if (values.isEmpty()) {
      return;
    }
    Set<String> valid = new TreeSet<>();
    cells.forEach(cell -> valid.addAll(cell.names(axis)));
    for (String value : values) {
      if (!valid.contains(axis.shown(value, catalog))) {
        problems.add(path, "no cell has %s%s", value, NearestName.hint(value, valid));
      }
    }
  }

  private void cells(RunSpec spec) {
    GridCells grid = GridCells.of(spec.grid(), catalog);
    List<Cell> cells = cells(grid.kept(grid.all()));
    if (cells.isEmpty()) {
      problems.add("grid.exclude", "takes out every cell");
    }
    first(cells, GridChecks::quantisesNothing)
        .ifPresent(
            cell ->
                problems.add(
                    "grid.quantizer",
                    "%s quantises nothing, so it cannot give %s (bits fp use it by themselves)",
                    cell.quantizer().canonical(),
                    cell.bits()));
    if (spec.teacher().isEmpty()) {
      first(cells, cell -> !Axis.METHOD.of(cell).equals(Catalog.NO_METHOD))
          .ifPresent(
              cell ->
                  problems.add(
                      "teacher", "is required, as method %s has one", Axis.METHOD.of(cell)));
    }
  }

  private static boolean quantisesNothing(Cell cell) {
    return !cell.bits().isFull() && cell.quantizer().kind() == QuantizerFamily.Kind.FULL_PRECISION;
  }

  private static Optional<Cell> first(List<Cell> cells, Predicate<Cell> condition) {
    return cells.stream().filter(condition).findFirst();
  }
}

package org.distillgrid.jobs.plan;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.distillgrid.jobs.spec.Catalog;
import org.distillgrid.jobs.spec.CellPattern;
import org.distillgrid.jobs.spec.GridSpec;
import org.distillgrid.jobs.spec.Problems;
import org.distillgrid.jobs.spec.RunSpec;
import org.distillgrid.jobs.spec.SpecPath;
import org.distillgrid.kd.error.GridException;
import org.distillgrid.kd.error.NearestName;
import org.distillgrid.kd.quant.Bits;
import org.distillgrid.kd.quant.QuantizerFamily;

/** Checks the axes of a grid, its include and exclude, and that trials are left. */
final class GridChecks {
  private final Catalog catalog;
  private final Problems problems;

  GridChecks(Catalog catalog, Problems problems) {
    this.catalog = catalog;
    this.problems = problems;
  }

  void check(RunSpec spec) {
    GridSpec grid = spec.grid();
    int count = problems.count();
    axis("grid.student", grid.student(), name -> catalog.model(name).canonical());
    axis("grid.bits", grid.bits(), text -> Bits.parse(text).toString());
    axis("grid.quantizer", grid.quantizer(), name -> catalog.quantizer(name).canonical());
    MethodLabels labels = MethodLabels.of(grid);
    axis("grid.method", grid.method(), text -> method(MethodLabels.alone(text)));
    axis("grid.seed", grid.seed(), seed -> seed);
    includes(grid.include(), labels);
    excludedMethods(grid.exclude(), labels);
    if (problems.count() > count) {
      return;
    }
    labels.check(catalog, problems);
    scales(spec);
    excludes(MethodLabels.canonical(grid, catalog));
    cells(spec);
  }

  private String method(String sum) {
    return catalog.method(sum).canonical();
  }

  private <T> void axis(String path, List<T> values, Function<T, Object> canonical) {
    if (values.isEmpty()) {
      problems.add(path, "has no values");
    }
    values(path, values, canonical);
  }

  private <T> void values(String path, List<T> values, Function<T, Object> canonical) {
    Map<Object, T> seen = new HashMap<>();
    for (T value : values) {
      try {
        T earlier = seen.putIfAbsent(canonical.apply(value), value);
        if (earlier != null) {
          problems.add(path, "%s appears twice%s", value, alias(earlier, value));
        }
      } catch (GridException e) {
        problems.add(path, "%s", e.getMessage());
      }
    }
  }

  private static String alias(Object earlier, Object value) {
    if (earlier.equals(value)) {
      return "";
    }
    return ", as " + earlier + " is the same";
  }

  private void includes(List<CellPattern> patterns, MethodLabels labels) {
    for (int i = 0; i < patterns.size(); i++) {
      String path = SpecPath.element("grid.include", i);
      CellPattern pattern = patterns.get(i);
      namesAnAxis(path, pattern);
      values(path + ".student", pattern.student(), name -> catalog.model(name).canonical());
      values(path + ".bits", pattern.bits(), text -> Bits.parse(text).toString());
      values(path + ".quantizer", pattern.quantizer(), name -> catalog.quantizer(name).canonical());
      values(path + ".method", pattern.method(), text -> method(labels.method(text)));
      values(path + ".seed", pattern.seed(), seed -> seed);
    }
  }

  private void excludedMethods(List<CellPattern> patterns, MethodLabels labels) {
    for (int i = 0; i < patterns.size(); i++) {
      String path = SpecPath.element("grid.exclude", i) + ".method";
      for (String text : patterns.get(i).method()) {
        problems.attempt(path, () -> method(labels.method(text)));
      }
    }
  }

  private void namesAnAxis(String path, CellPattern pattern) {
    boolean empty =
        Stream.of(
                pattern.student(),
                pattern.bits(),
                pattern.quantizer(),
                pattern.method(),
                pattern.seed())
            .allMatch(List::isEmpty);
    if (empty) {
      problems.add(path, "names no axis (valid: student, bits, quantizer, method, seed)");
    }
  }

  private void scales(RunSpec spec) {
    Set<String> seen = new HashSet<>();
    for (Cell cell : GridExpansion.cells(spec.grid(), catalog)) {
      if (seen.add(cell.student())) {
        SpecChecks.model("grid.student", cell.student(), spec.task().scale(), catalog, problems);
      }
    }
  }

  private void excludes(GridSpec grid) {
    List<Cell> cells = GridExpansion.cells(grid, catalog);
    for (int i = 0; i < grid.exclude().size(); i++) {
      String path = SpecPath.element("grid.exclude", i);
      CellPattern pattern = grid.exclude().get(i);
      namesAnAxis(path, pattern);
      present(path + ".student", pattern.student(), cells, Cell::student);
      present(path + ".bits", pattern.bits(), cells, Cell::bits);
      present(path + ".quantizer", pattern.quantizer(), cells, Cell::quantizer);
      present(path + ".method", pattern.method(), cells, Cell::method);
      present(path + ".seed", pattern.seed(), cells, Cell::seed);
    }
  }

  private void present(String path, List<?> values, List<Cell> cells, Function<Cell, ?> part) {
    Set<String> valid = new TreeSet<>();
    cells.forEach(cell -> valid.add(part.apply(cell).toString()));
    for (Object value : values) {
      if (!valid.contains(value.toString())) {
        problems.add(path, "no cell has %s%s", value, NearestName.hint(value.toString(), valid));
      }
    }
  }

  private void cells(RunSpec spec) {
    List<Cell> cells = GridExpansion.kept(spec.grid(), catalog);
    if (cells.isEmpty()) {
      problems.add("grid.exclude", "takes out every cell");
    }
    first(cells, this::quantisesNothing)
        .ifPresent(
            cell ->
                problems.add(
                    "grid.quantizer",
                    "%s quantises nothing, so it cannot give %s (bits fp use it by themselves)",
                    cell.quantizer(),
                    cell.bits()));
    if (spec.teacher().isEmpty()) {
      first(cells, cell -> !cell.method().equals(Catalog.NO_METHOD))
          .ifPresent(
              cell -> problems.add("teacher", "is required, as method %s has one", cell.method()));
    }
  }

  private boolean quantisesNothing(Cell cell) {
    return !Bits.parse(cell.bits()).isFull()
        && catalog.quantizer(cell.quantizer()).kind() == QuantizerFamily.Kind.FULL_PRECISION;
  }

  private static Optional<Cell> first(List<Cell> cells, Predicate<Cell> condition) {
    return cells.stream().filter(condition).findFirst();
  }
}

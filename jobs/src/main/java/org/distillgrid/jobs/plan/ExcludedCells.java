package org.distillgrid.jobs.plan;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.distillgrid.jobs.spec.Catalog;
import org.distillgrid.jobs.spec.CellPattern;
import org.distillgrid.kd.train.Cell;

/** What the patterns under exclude take out of a grid; each pattern's values are parsed once. */
final class ExcludedCells {
  private final List<Map<Axis, Set<String>>> patterns;

  ExcludedCells(List<CellPattern> patterns, Catalog catalog) {
    this.patterns = patterns.stream().map(pattern -> named(pattern, catalog)).toList();
  }

  boolean takesOut(Cell cell) {
    return patterns.stream().anyMatch(pattern -> matches(pattern, cell));
  }

  // An axis that a pattern does not name matches every value.
  private static boolean matches(Map<Axis, Set<String>> pattern, Cell cell) {
    return pattern.entrySet().stream()
        .allMatch(axis -> axis.getValue().contains(axis.getKey().of(cell)));
  }

  private static Map<Axis, Set<String>> named(CellPattern pattern, Catalog catalog) {
    Map<Axis, Set<String>> named = new EnumMap<>(Axis.class);
    for (Axis axis : Axis.values()) {
      List<String> values = axis.values(pattern);
      if (!values.isEmpty()) {
        named.put(
            axis,
            values.stream()
                .flatMap(value -> axis.shown(value, catalog).stream())
                .collect(Collectors.toUnmodifiableSet()));
      }
    }
    return named;
  }
}

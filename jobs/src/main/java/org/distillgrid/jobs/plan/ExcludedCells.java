package org.distillgrid.jobs.plan;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.distillgrid.jobs.spec.Catalog;
import org.distillgrid.jobs.spec.CellPattern;

/** What the patterns under exclude take out of a grid; each pattern's values are parsed once. */
final class ExcludedCells {
  private final List<Map<Axis, Set<String>>> patterns;

  ExcludedCells(List<CellPattern> patterns, Catalog catalog) {
    this.patterns = patterns.stream().map(pattern -> named(pattern, catalog)).toList();
  }

  boolean takesOut(GridCell cell) {
    return patterns.stream().anyMatch(pattern -> matches(pattern, cell));
  }

  // An axis that a pattern does not name matches every value.
  private static boolean matches(Map<Axis, Set<String>> pattern, GridCell cell) {
    return pattern.entrySet().stream()
        .allMatch(axis -> cell.names(axis.getKey()).stream().anyMatch(axis.getValue()::contains));
  }

  private static Map<Axis, Set<String>> named(CellPattern pattern, Catalog catalog) {
    Map<Axis, Set<String>> named = new EnumMap<>(Axis.class);
    for (Axis axis : Axis.values()) {
      List<String> values = axis.values(pattern);
      if (!values.isEmpty()) {
        named.put(
            axis,
            values.stream()
                .map(value -> axis.shown(value, catalog))
                .collect(Collectors.toUnmodifiableSet()));
      }
    }
    return named;
  }
}

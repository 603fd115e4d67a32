package org.distillgrid.jobs.page;

import static org.apache.spark.sql.functions.avg;
import static org.apache.spark.sql.functions.col;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.distillgrid.jobs.table.TableName;
import org.distillgrid.jobs.table.Tables;

/** The rows of the summary, each with its latency and with the fronts that it is on. */
final class SummaryPart {
  static final String LATENCY = "latency_ms";

  private SummaryPart() {}

  /** Returns the rows, whose field {@code fronts} names costs, see {@link Cost}. */
  static List<Map<String, Object>> of(PageTables page) {
    Map<CellName, Double> latencies = latencies(page.tables());
    List<Map<String, Object>> rows = new ArrayList<>();
    for (Row row : page.summary()) {
      Map<String, Object> cells = JsonRows.of(row);
      cells.put(LATENCY, latencies.get(CellName.of(row)));
      rows.add(cells);
    }
    rows.forEach(row -> row.put("fronts", fronts(row, rows)));
    return rows;
  }

  private static List<String> fronts(Map<String, Object> row, List<Map<String, Object>> all) {
    List<Map<String, Object>> set =
        all.stream().filter(each -> each.get("dataset").equals(row.get("dataset"))).toList();
    return Stream.of(Cost.values())
        .filter(cost -> cost.point(row).isOnFrontOf(set.stream().map(cost::point).toList()))
        .map(cost -> cost.name().toLowerCase(Locale.ROOT))
        .toList();
  }

  // Over the seeds of a cell, as everything in the summary is.
  private static Map<CellName, Double> latencies(Tables tables) {
    Dataset<Row> exported =
        tables
            .table(TableName.EXPORTS)
            .filter(col(LATENCY).isNotNull())
            .select("trial_id", LATENCY)
            .distinct();
    return PageTables.shown(tables)
        .join(exported, "trial_id")
        .groupBy("student_label", "bits", "quantizer", "label")
        .agg(avg(LATENCY).as(LATENCY))
        .collectAsList()
        .stream()
        .collect(Collectors.toMap(CellName::of, row -> row.<Double>getAs(LATENCY)));
  }
}

package org.distillgrid.jobs.page;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.collect_list;
import static org.apache.spark.sql.functions.sort_array;
import static org.apache.spark.sql.functions.struct;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.spark.sql.Row;
import org.distillgrid.jobs.table.TableName;
import org.distillgrid.jobs.table.TrialRow;

/**
 * The training curves of a run, thinned to what a chart can show.
 *
 * @param trials whose they are; of many the first
 * @param count how many have finished
 */
record Curves(List<OfTrial> trials, int count) {
  private static final int MOST_TRIALS = 240;
  private static final int MOST_POINTS = 60_000;
  private static final int LEAST_POINTS = 12;

  /** One trial's. */
  record OfTrial(String id, CellName cell, long seed, List<Series> series) {}

  /**
   * What was noted of one thing.
   *
   * @param name as the table {@code curves} has it
   */
  record Series(String name, List<Long> steps, List<Double> values) {}

  static Curves of(PageTables page) {
    List<Row> finished = page.shown(TrialRow.FINISHED);
    List<Row> chosen = finished.subList(0, Math.min(MOST_TRIALS, finished.size()));
    Map<String, List<Series>> series = new TreeMap<>();
    Iterator<Row> rows =
        page.tables()
            .table(TableName.CURVES)
            .filter(col("trial_id").isin(chosen.stream().map(Curves::id).toArray()))
            .groupBy("trial_id", "series")
            .agg(sort_array(collect_list(struct("step", "value"))).as("points"))
            .orderBy("trial_id", "series")
            .toLocalIterator();
    while (rows.hasNext()) {
      Row row = rows.next();
      series
          .computeIfAbsent(id(row), absent -> new ArrayList<>())
          .add(series(row.getAs("series"), row.getList(row.fieldIndex("points"))));
    }
    int all = series.values().stream().mapToInt(List::size).sum();
    int most = Math.max(LEAST_POINTS, MOST_POINTS / Math.max(1, all));
    return new Curves(
        chosen.stream().map(row -> trial(row, series, most)).toList(), finished.size());
  }

  private static OfTrial trial(Row row, Map<String, List<Series>> series, int most) {
    return new OfTrial(
        id(row),
        CellName.of(row),
        row.<Long>getAs("seed"),
        series.getOrDefault(id(row), List.of()).stream().map(each -> thinned(each, most)).toList());
  }

  private static String id(Row row) {
    return row.getAs("trial_id");
  }

  private static Series series(String name, List<Row> points) {
    List<Long> steps = new ArrayList<>();
    List<Double> values = new ArrayList<>();
    for (Row point : points) {
      steps.add(point.getLong(0));
      values.add(JsonRows.finite(point.getDouble(1)));
    }
    return new Series(name, steps, values);
  }

  /** Returns a series of at most so many points, evenly chosen, the first and the last kept. */
  static Series thinned(Series series, int most) {
    int size = series.steps.size();
    if (size <= most) {
      return series;
    }
    List<Long> steps = new ArrayList<>();
    List<Double> values = new ArrayList<>();
    for (int i = 0; i < most; i++) {
      int place = (int) Math.round((double) i * (size - 1) / (most - 1));
      steps.add(series.steps.get(place));
      values.add(series.values.get(place));
    }
    return new Series(series.name, steps, values);
  }
}

package org.distillgrid.jobs.page;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.sum;
import static org.apache.spark.sql.functions.when;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.distillgrid.jobs.table.TableName;
import org.distillgrid.jobs.table.Tables;

/**
 * How unevenly what is hard is spread over the patches.
 *
 * @param patches how many were scored
 * @param signals the four signals of the table {@code difficulty}
 */
record Difficulty(long patches, List<Signal> signals) {
  private static final List<String> NAMES =
      List.of("teacher_gap", "student_error", "laplacian_variance", "pixel_variance");
  private static final int TENTHS = 10;
  private static final double PRECISION = 0.002;

  /**
   * A signal.
   *
   * @param shares what part of its sum each tenth of the patches has, the hardest tenth first
   */
  record Signal(String name, List<Double> shares) {}

  static Difficulty of(Tables tables) {
    Dataset<Row> scored = tables.table(TableName.DIFFICULTY);
    double[] parts = IntStream.range(1, TENTHS).mapToDouble(i -> (double) i / TENTHS).toArray();
    double[][] bounds =
        scored.stat().approxQuantile(NAMES.toArray(String[]::new), parts, PRECISION);
    List<Column> sums = new ArrayList<>();
    for (int i = 0; i < NAMES.size(); i++) {
      for (int tenth = TENTHS - 1; tenth >= 0; tenth--) {
        sums.add(sum(within(col(NAMES.get(i)), bounds[i], tenth)));
      }
    }
    Row row = scored.agg(count(lit(1)), sums.toArray(Column[]::new)).collectAsList().get(0);
    List<Signal> signals = new ArrayList<>();
    for (int i = 0; i < NAMES.size(); i++) {
      signals.add(new Signal(NAMES.get(i), shares(row, 1 + i * TENTHS)));
    }
    return new Difficulty(row.getLong(0), signals);
  }

  private static Column within(Column signal, double[] bounds, int tenth) {
    Column inside = lit(true);
    if (tenth > 0) {
      inside = signal.gt(bounds[tenth - 1]);
    }
    if (tenth < bounds.length) {
      inside = inside.and(signal.leq(bounds[tenth]));
    }
    return when(inside, signal).otherwise(0);
  }

  private static List<Double> shares(Row row, int first) {
    double all = IntStream.range(first, first + TENTHS).mapToDouble(row::getDouble).sum();
    return IntStream.range(first, first + TENTHS)
        .mapToObj(i -> JsonRows.finite(row.getDouble(i) / all))
        .toList();
  }
}

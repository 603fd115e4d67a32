package org.distillgrid.jobs.page;

import java.util.List;
import org.apache.spark.sql.Row;
import org.distillgrid.jobs.table.TrialRow;

/**
 * One trial in a list of all.
 *
 * @param tuning {@code chosen} where its values of a tuned method are; else empty
 * @param note why it failed, or why it counts as diverged; empty otherwise
 */
record TrialLine(
    String id,
    CellName cell,
    long seed,
    String tuning,
    String status,
    String note,
    long steps,
    double seconds,
    String device,
    String weightHash) {
  private static final int MOST = 3000;

  /** Returns the first trials. */
  static List<TrialLine> of(List<Row> trials) {
    return trials.stream().limit(MOST).map(TrialLine::of).toList();
  }

  /** Returns those of some trials that failed or diverged. */
  static List<TrialLine> troubled(List<Row> trials) {
    return trials.stream()
        .filter(
            row -> !row.getAs("status").equals(TrialRow.FINISHED) || row.getAs("diverged") != null)
        .limit(MOST)
        .map(TrialLine::of)
        .toList();
  }

  private static TrialLine of(Row row) {
    return new TrialLine(
        row.getAs("trial_id"),
        CellName.of(row),
        row.<Long>getAs("seed"),
        tuning(row),
        row.getAs("status"),
        text(row, "error") + text(row, "diverged"),
        row.<Long>getAs("steps"),
        row.<Double>getAs("seconds"),
        row.getAs("device"),
        text(row, "weight_hash"));
  }

  private static String tuning(Row row) {
    if (Boolean.TRUE.equals(row.<Boolean>getAs("chosen"))) {
      return "chosen";
    }
    return "";
  }

  private static String text(Row row, String column) {
    String text = row.getAs(column);
    if (text == null) {
      return "";
    }
    return text;
  }
}

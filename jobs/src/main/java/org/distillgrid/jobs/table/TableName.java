package org.distillgrid.jobs.table;

import java.util.List;
import org.apache.spark.sql.types.StructType;

/** The tables of a run folder. */
public enum TableName {
  /** One row a trial. */
  TRIALS("trials", "One row a trial that has finished or failed.", TrialRow.COLUMNS),
  /** One row a trial, dataset and image. */
  METRICS(
      "metrics",
      "One row a trial, dataset and image. The references are rows too: trial_id is then `teacher`,"
          + " or `bicubic` (at scale 1, where nothing is enlarged, `input`: the degraded image).",
      MetricRow.COLUMNS),
  /** One row a trial, step and series. */
  CURVES("curves", "One row a trial, step and series of its training.", CurveRow.COLUMNS),
  /** One row a cell and dataset. */
  SUMMARY(
      "summary",
      "One row a cell (student, bits, quantizer, method) and dataset, over the seeds.",
      SummaryColumns.COLUMNS),
  /** One row a candidate of a tuned cell. */
  TUNING(
      "tuning",
      "One row a cell whose method is tuned and a candidate, with what the choice was made by; none"
          + " where no method has a list of values.",
      TuningRow.COLUMNS),
  /** One row an exported trial, dataset and image. */
  EXPORTS(
      "exports",
      "One row an exported trial, dataset and image; one row in all where no image was evaluated.",
      ExportRow.COLUMNS),
  /** One row a patch. */
  PATCHES(
      "patches",
      "One row a pair of aligned patches; partitioned by dataset and split.",
      PatchRow.COLUMNS),
  /** One row a file that was not used. */
  REJECTED_INPUTS(
      "rejected_inputs", "One row a file that could not be used.", RejectedInput.COLUMNS),
  /** One row a scored patch. */
  DIFFICULTY(
      "difficulty", "One row a patch with its four difficulty signals.", DifficultyRow.COLUMNS);

  private static final List<TableName> PUBLISHED =
      List.of(TRIALS, METRICS, CURVES, SUMMARY, TUNING, EXPORTS);

  private final String view;
  private final String help;

  // A StructType cannot change; it is only not annotated so.
  @SuppressWarnings("ImmutableEnumChecker")
  private final StructType schema;

  TableName(String view, String help, Columns<?> columns) {
    this.view = view;
    this.help = help;
    this.schema = columns.schema();
  }

  /** Returns the tables that are published together, version after version. */
  public static List<TableName> published() {
    return PUBLISHED;
  }

  /** Returns its name in SQL and on disk. */
  public String view() {
    return view;
  }

  /** Returns what one row is. */
  public String help() {
    return help;
  }

  /** Returns its columns, each with a comment. */
  public StructType schema() {
    return schema;
  }
}

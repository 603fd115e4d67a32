package org.distillgrid.jobs.report;

import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.distillgrid.jobs.folder.RunFolder;
import org.distillgrid.jobs.journal.ExportResults;
import org.distillgrid.jobs.table.ExportRow;
import org.distillgrid.jobs.table.TableName;
import org.distillgrid.jobs.table.TablePublisher;
import org.distillgrid.jobs.table.Tables;

/** Lays a run's exports out as rows. */
public final class ExportTable {
  private ExportTable() {}

  // Tables of versions that could not tune have none.
  private static Dataset<Row> tuning(SparkSession session, Tables inForce) {
    if (inForce.views().contains(TableName.TUNING)) {
      return inForce.table(TableName.TUNING);
    }
    return session.createDataFrame(List.of(), TableName.TUNING.schema());
  }

  /** Returns the rows of all exports of a run. */
  static Dataset<Row> of(SparkSession session, RunFolder run) {
    List<ExportRow> rows =
        new ExportResults(run).all().stream().map(ExportRow::of).flatMap(List::stream).toList();
    return ExportRow.COLUMNS.frame(session, rows);
  }

  /**
   * Publishes the tables in force once more, with the exports that there are now and a summary that
   * knows them.
   *
   * @return the name of the version that is in force from now on
   * @throws org.distillgrid.kd.error.GridException if the run has no tables, or they cannot be
   *     written
   */
  public static String publish(SparkSession session, RunFolder run) {
    Tables inForce = Tables.of(session, run);
    Dataset<Row> trials = inForce.table(TableName.TRIALS);
    Dataset<Row> metrics = inForce.table(TableName.METRICS);
    Dataset<Row> exports = of(session, run);
    return new TablePublisher(run)
        .publish(
            Map.of(
                TableName.TRIALS,
                trials,
                TableName.METRICS,
                metrics,
                TableName.CURVES,
                inForce.table(TableName.CURVES),
                TableName.SUMMARY,
                Summary.of(trials, metrics, exports),
                TableName.TUNING,
                tuning(session, inForce),
                TableName.EXPORTS,
                exports));
  }
}

package org.distillgrid.jobs.report;

import java.sql.Timestamp;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.distillgrid.jobs.folder.RunFolder;
import org.distillgrid.jobs.journal.ExportResult;
import org.distillgrid.jobs.journal.ExportResults;
import org.distillgrid.jobs.table.TableName;
import org.distillgrid.jobs.table.TablePublisher;
import org.distillgrid.jobs.table.Tables;

/** Lays a run's exports out as rows. */
public final class ExportTable {
  private ExportTable() {}

  /** Returns the rows of all exports of a run. */
  static Dataset<Row> of(SparkSession session, RunFolder run) {
    List<Row> rows = new ArrayList<>();
    for (ExportResult result : new ExportResults(run).all()) {
      if (result.scores().isEmpty()) {
        rows.add(row(result, null, null, null, null));
      }
      for (ExportResult.Score score : result.scores()) {
        rows.add(
            row(result, score.dataset(), score.image(), score.psnrFake(), score.psnrInteger()));
      }
    }
    return session.createDataFrame(rows, TableName.EXPORTS.schema());
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
                TableName.EXPORTS,
                exports));
  }

  private static Row row(
      ExportResult result, String dataset, String image, Double psnrFake, Double psnrInteger) {
    return RowFactory.create(
        result.trialId(),
        result.format(),
        result.path(),
        result.bytes(),
        result.opset(),
        result.size(),
        result.weightHash(),
        result.runtime(),
        Timestamp.from(Instant.parse(result.exportedAt())),
        dataset,
        image,
        psnrFake,
        psnrInteger);
  }
}

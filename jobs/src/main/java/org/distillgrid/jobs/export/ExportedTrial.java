package org.distillgrid.jobs.export;

import static org.apache.spark.sql.functions.col;

import java.util.List;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.distillgrid.jobs.folder.RunFolder;
import org.distillgrid.jobs.table.TableName;
import org.distillgrid.jobs.table.Tables;
import org.distillgrid.jobs.table.TrainedStudent;
import org.distillgrid.jobs.table.TrialRow;
import org.distillgrid.kd.error.ErrorCode;
import org.distillgrid.kd.error.GridException;

/** Finds the trial that a person means by the beginning of its id. */
final class ExportedTrial {
  private ExportedTrial() {}

  /**
   * Returns the student of the one trial of a run whose id begins so.
   *
   * @throws GridException if there is none, or more than one, or it failed
   */
  static TrainedStudent find(SparkSession session, RunFolder run, String id) {
    List<Row> found =
        Tables.open(session, run)
            .table(TableName.TRIALS)
            .where(col("trial_id").startsWith(id))
            .orderBy("trial_id")
            .collectAsList();
    if (found.size() != 1) {
      throw GridException.of(
          ErrorCode.USAGE,
          "Cannot export %s: %d trials of %s begin so; distill-grid sql %s"
              + " \"SELECT trial_id, student, bits, method FROM trials\" shows them",
          id,
          found.size(),
          run.location(),
          run.location());
    }
    Row row = found.get(0);
    if (!row.<String>getAs("status").equals(TrialRow.FINISHED)) {
      throw GridException.of(
          ErrorCode.INPUT, "Cannot export %s: it failed: %s", id, row.getAs("error"));
    }
    return new TrainedStudent(run, row);
  }
}

package org.distillgrid.jobs.run;

import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.distillgrid.jobs.cluster.JobNames;
import org.distillgrid.jobs.folder.RunFolder;
import org.distillgrid.jobs.table.TableName;
import org.distillgrid.jobs.table.Tables;
import org.distillgrid.kd.error.ErrorCode;

/**
 * What a run of a grid left. Its tables are read from the run folder by the session that ran it.
 */
public final class GridResult {
  private final SparkSession session;
  private final RunFolder run;
  private final List<TrialOutcome> outcomes;

  GridResult(SparkSession session, RunFolder run, List<TrialOutcome> outcomes) {
    this.session = session;
    this.run = run;
    this.outcomes = List.copyOf(outcomes);
  }

  /**
   * Returns the trials that were asked for and have ended, in the order of the spec; a run that
   * stopped at its first failure leaves out those that it stopped.
   */
  public List<TrialOutcome> outcomes() {
    return outcomes;
  }

  /** Returns those of the outcomes that failed. */
  public List<TrialOutcome> failures() {
    return outcomes.stream().filter(TrialOutcome::isFailed).toList();
  }

  /** Returns the rows of the table {@code summary}: one a cell and test set, over the seeds. */
  public List<Row> summary() {
    return JobNames.of(session)
        .within(
            "read: summary",
            () -> Tables.of(session, run).table(TableName.SUMMARY).collectAsList());
  }

  /** Returns the tables of the run, each registered as a temporary view of the session. */
  public Tables tables() {
    return Tables.open(session, run);
  }

  /**
   * Answers a query in Spark SQL over the tables of the run, by their names.
   *
   * @param query for instance {@code SELECT bits, psnr_mean FROM summary}
   */
  public Dataset<Row> sql(String query) {
    tables();
    return session.sql(query);
  }

  /** Returns the run folder. */
  public RunFolder folder() {
    return run;
  }

  /** Returns the exit status of a command that ran the grid: 0 unless a trial failed. */
  public int exitStatus() {
    if (failures().isEmpty()) {
      return 0;
    }
    return ErrorCode.TRAINING.exitStatus();
  }
}

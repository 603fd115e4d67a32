package org.distillgrid.jobs.report;

import java.io.Serializable;
import java.util.List;
import org.apache.spark.api.java.function.Function;
import org.apache.spark.sql.Row;
import org.distillgrid.jobs.folder.RunFolder;
import org.distillgrid.jobs.journal.FinishedResult;
import org.distillgrid.jobs.journal.TrialResult;
import org.distillgrid.jobs.table.CurveRow;
import org.distillgrid.jobs.table.MetricRow;
import org.distillgrid.jobs.table.TrialRow;

/** The rows that one result is laid out as; made by executors, which read the result for it. */
record ResultRows(Row trial, List<Row> metrics, List<Row> curve) implements Serializable {
  /**
   * Reads a result and lays it out.
   *
   * @param name name of the run's spec
   * @param run the run folder
   * @param teacherHash SHA-256 of the teacher's weights; empty where there is none
   */
  record Reading(String name, RunFolder run, String teacherHash)
      implements Function<EndedTrial, ResultRows> {
    @Override
    public ResultRows call(EndedTrial ended) {
      TrialResult result = ended.standing().result(run);
      Row trial =
          TrialRow.COLUMNS.row(
              new TrialRow(name, run, teacherHash, ended.axes(), ended.tuning(), result));
      return result.either(
          finished -> new ResultRows(trial, metrics(finished), curve(finished)),
          failed -> new ResultRows(trial, List.of(), List.of()));
    }

    private static List<Row> metrics(FinishedResult result) {
      return result.scores().stream()
          .map(score -> MetricRow.COLUMNS.row(new MetricRow(result.trialId(), score)))
          .toList();
    }

    private static List<Row> curve(FinishedResult result) {
      return result.curve().stream()
          .map(point -> CurveRow.COLUMNS.row(new CurveRow(result.trialId(), point)))
          .toList();
    }
  }
}

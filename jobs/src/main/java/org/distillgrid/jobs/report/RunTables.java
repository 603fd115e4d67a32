package org.distillgrid.jobs.report;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.distillgrid.jobs.folder.RunFolder;
import org.distillgrid.jobs.journal.FinishedResult;
import org.distillgrid.jobs.plan.ContentKeys;
import org.distillgrid.jobs.plan.Trial;
import org.distillgrid.jobs.spec.RunSpec;
import org.distillgrid.jobs.table.CurveRow;
import org.distillgrid.jobs.table.MetricRow;
import org.distillgrid.jobs.table.TableName;
import org.distillgrid.jobs.table.TrialRow;

/** Lays findings out as the rows of the published tables. */
public final class RunTables {
  private final SparkSession session;
  private final RunSpec spec;
  private final RunFolder run;
  private final ContentKeys keys;
  private final List<Trial> trials;

  /**
   * Lays out the findings of a run.
   *
   * @param keys what trial ids depend on beside the spec
   * @param trials the trials of the spec, in the order in which they shall be rows
   */
  public RunTables(
      SparkSession session, RunSpec spec, RunFolder run, ContentKeys keys, List<Trial> trials) {
    this.session = session;
    this.spec = spec;
    this.run = run;
    this.keys = keys;
    this.trials = List.copyOf(trials);
  }

  /** Returns the rows of every published table. */
  public Map<TableName, Dataset<Row>> of(Findings findings) {
    Map<TableName, Dataset<Row>> tables = new EnumMap<>(TableName.class);
    tables.put(TableName.TRIALS, TrialRow.COLUMNS.frame(session, trialRows(findings)));
    tables.put(TableName.METRICS, MetricRow.COLUMNS.frame(session, metricRows(findings)));
    tables.put(TableName.CURVES, CurveRow.COLUMNS.frame(session, curveRows(findings)));
    tables.put(TableName.EXPORTS, ExportTable.of(session, run));
    tables.put(
        TableName.SUMMARY,
        Summary.of(
            tables.get(TableName.TRIALS),
            tables.get(TableName.METRICS),
            tables.get(TableName.EXPORTS)));
    return tables;
  }

  private List<TrialRow> trialRows(Findings findings) {
    List<TrialRow> rows = new ArrayList<>();
    for (Trial trial : trials) {
      Optional.ofNullable(findings.results().get(trial.id(keys)))
          .ifPresent(
              result -> rows.add(new TrialRow(spec.name(), run, keys.teacher(), trial, result)));
    }
    return rows;
  }

  private List<MetricRow> metricRows(Findings findings) {
    List<MetricRow> rows = new ArrayList<>();
    new TreeMap<>(findings.references())
        .forEach((id, scores) -> scores.forEach(score -> rows.add(new MetricRow(id, score))));
    for (FinishedResult result : finished(findings)) {
      result.scores().forEach(score -> rows.add(new MetricRow(result.trialId(), score)));
    }
    return rows;
  }

  private List<CurveRow> curveRows(Findings findings) {
    List<CurveRow> rows = new ArrayList<>();
    for (FinishedResult result : finished(findings)) {
      result.curve().forEach(point -> rows.add(new CurveRow(result.trialId(), point)));
    }
    return rows;
  }

  private List<FinishedResult> finished(Findings findings) {
    List<FinishedResult> finished = new ArrayList<>();
    for (Trial trial : trials) {
      if (findings.results().get(trial.id(keys)) instanceof FinishedResult result) {
        finished.add(result);
      }
    }
    return finished;
  }
}

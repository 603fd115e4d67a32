package org.distillgrid.jobs.report;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.storage.StorageLevel;
import org.distillgrid.jobs.cluster.JobNames;
import org.distillgrid.jobs.folder.RunFolder;
import org.distillgrid.jobs.journal.Standing;
import org.distillgrid.jobs.plan.Trial;
import org.distillgrid.jobs.spec.RunSpec;
import org.distillgrid.jobs.table.Columns;
import org.distillgrid.jobs.table.CurveRow;
import org.distillgrid.jobs.table.MetricRow;
import org.distillgrid.jobs.table.TableName;
import org.distillgrid.jobs.table.TablePublisher;
import org.distillgrid.jobs.table.Tables;
import org.distillgrid.jobs.table.TrialAxes;
import org.distillgrid.jobs.table.TrialRow;
import org.distillgrid.jobs.table.TuningRow;

/**
 * Publishes findings as tables. The driver knows where results lie; executors read them, each a
 * slice of the trials, and lay them out as rows, so that no process holds them all.
 */
public final class RunTables {
  private static final int SLICE = 250;

  private final SparkSession session;
  private final RunFolder run;
  private final List<Trial> trials;
  private final Function<Trial, String> ids;
  private final Tuning tuning;
  private final String name;

  /**
   * Prepares the tables of a run.
   *
   * @param trials the trials of the spec, in the order in which they shall be rows
   * @param ids returns a trial's id, or null as long as it is not known
   * @param tuning chooses for the tuned cells
   */
  public RunTables(
      SparkSession session,
      RunSpec spec,
      RunFolder run,
      List<Trial> trials,
      Function<Trial, String> ids,
      Tuning tuning) {
    this.session = session;
    this.run = run;
    this.trials = List.copyOf(trials);
    this.ids = ids;
    this.tuning = tuning;
    this.name = spec.name();
  }

  /**
   * Publishes tables of findings, unless the tables in force were made from the same.
   *
   * @return the name of the version that is in force from now on
   */
  String publish(Findings findings) {
    TunedRows tuned = new TunedRows(tuning.choices(findings.standings()::get));
    List<EndedTrial> ended = ended(findings, tuned);
    ResultRows.Reading reading = new ResultRows.Reading(name, run, findings.teacherHash());
    String fingerprint = TablesFingerprint.of(reading, ended, tuned.rows(), findings, run);
    TablePublisher publisher = new TablePublisher(run);
    Optional<String> before = publisher.inForce(fingerprint);
    if (before.isPresent()) {
      return before.get();
    }
    int slices = Math.max(1, (ended.size() + SLICE - 1) / SLICE);
    JavaRDD<ResultRows> rows =
        JavaSparkContext.fromSparkContext(session.sparkContext())
            .parallelize(ended, slices)
            .map(reading)
            .persist(StorageLevel.DISK_ONLY());
    try {
      // Each table is written by one task; the results are read by all slots before.
      JobNames.of(session).during("publish: read results", rows::count);
      return publisher.publish(tables(rows, findings, tuned), RunTables::summary, fingerprint);
    } finally {
      // Where Spark was stopped meanwhile, there is nothing left to free.
      if (!session.sparkContext().isStopped()) {
        rows.unpersist(false);
      }
    }
  }

  private List<EndedTrial> ended(Findings findings, TunedRows tuned) {
    List<EndedTrial> ended = new ArrayList<>();
    for (Trial trial : trials) {
      Standing standing = findings.standings().get(ids.apply(trial));
      if (standing != null) {
        ended.add(new EndedTrial(TrialAxes.of(trial), tuned.part(trial).orElse(null), standing));
      }
    }
    return ended;
  }

  private Map<TableName, Dataset<Row>> tables(
      JavaRDD<ResultRows> rows, Findings findings, TunedRows tuned) {
    Map<TableName, Dataset<Row>> tables = new EnumMap<>(TableName.class);
    tables.put(TableName.TRIALS, frame(rows.map(ResultRows::trial), TrialRow.COLUMNS));
    tables.put(
        TableName.METRICS,
        MetricRow.COLUMNS
            .frame(session, references(findings))
            .union(frame(rows.flatMap(each -> each.metrics().iterator()), MetricRow.COLUMNS)));
    tables.put(
        TableName.CURVES, frame(rows.flatMap(each -> each.curve().iterator()), CurveRow.COLUMNS));
    tables.put(TableName.TUNING, TuningRow.COLUMNS.frame(session, tuned.rows()));
    tables.put(TableName.EXPORTS, ExportTable.of(session, run));
    return tables;
  }

  private static Dataset<Row> summary(Tables fresh) {
    return Summary.of(
        fresh.table(TableName.TRIALS),
        fresh.table(TableName.METRICS),
        fresh.table(TableName.EXPORTS));
  }

  private Dataset<Row> frame(JavaRDD<Row> rows, Columns<?> columns) {
    return session.createDataFrame(rows, columns.schema());
  }

  private static List<MetricRow> references(Findings findings) {
    List<MetricRow> rows = new ArrayList<>();
    new TreeMap<>(findings.references())
        .forEach((id, scores) -> scores.forEach(score -> rows.add(new MetricRow(id, score))));
    return rows;
  }
}

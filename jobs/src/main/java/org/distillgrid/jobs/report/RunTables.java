package org.distillgrid.jobs.report;

import java.sql.Timestamp;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.distillgrid.jobs.folder.RunFolder;
import org.distillgrid.jobs.journal.ImageScore;
import org.distillgrid.jobs.journal.TrialResult;
import org.distillgrid.jobs.plan.ContentKeys;
import org.distillgrid.jobs.plan.Trial;
import org.distillgrid.jobs.spec.RunSpec;
import org.distillgrid.jobs.table.TableName;
import org.distillgrid.kd.quant.Bits;
import org.distillgrid.kd.train.Cell;
import org.distillgrid.kd.train.CurvePoint;

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
    tables.put(TableName.TRIALS, table(TableName.TRIALS, trialRows(findings)));
    tables.put(TableName.METRICS, table(TableName.METRICS, metricRows(findings)));
    tables.put(TableName.CURVES, table(TableName.CURVES, curveRows(findings)));
    tables.put(TableName.EXPORTS, ExportTable.of(session, run));
    tables.put(
        TableName.SUMMARY,
        Summary.of(
            tables.get(TableName.TRIALS),
            tables.get(TableName.METRICS),
            tables.get(TableName.EXPORTS)));
    return tables;
  }

  private Dataset<Row> table(TableName name, List<Row> rows) {
    return session.createDataFrame(rows, name.schema());
  }

  private List<Row> trialRows(Findings findings) {
    List<Row> rows = new ArrayList<>();
    for (Trial trial : trials) {
      Optional.ofNullable(findings.results().get(trial.id(keys)))
          .ifPresent(result -> rows.add(row(trial, result)));
    }
    return rows;
  }

  private Row row(Trial trial, TrialResult result) {
    Cell cell = trial.cell();
    Bits bits = cell.bits();
    Object[] ended = {
      null, result.parameters(), packedBytes(result), result.macs(), result.bitOperations()
    };
    String status = "finished";
    if (!result.finished()) {
      status = "failed";
      ended = new Object[] {result.error(), null, null, null, null};
    }
    return RowFactory.create(
        result.trialId(),
        spec.name(),
        trial.task(),
        trial.scale(),
        cell.student().text(),
        bits.toString(),
        bits.weight(),
        bits.activation(),
        cell.quantizer().canonical(),
        cell.method().canonical(),
        trial.label(),
        cell.seed(),
        status,
        ended[0],
        result.steps(),
        result.seconds(),
        result.attempt(),
        result.device(),
        result.slot(),
        result.threads(),
        ended[1],
        ended[2],
        ended[3],
        ended[4],
        textOrNull(result.weightHash()),
        textOrNull(path(result.weights())),
        textOrNull(path(result.packed())),
        trial.teacher(),
        keys.teacher(),
        result.versions().distillGrid(),
        result.versions().engine(),
        result.versions().java(),
        Timestamp.from(Instant.parse(result.finishedAt())));
  }

  private static Long packedBytes(TrialResult result) {
    if (result.packed().isEmpty()) {
      return null;
    }
    return result.packedBytes();
  }

  private String path(String relative) {
    if (relative.isEmpty()) {
      return "";
    }
    return run.location() + "/" + relative;
  }

  private static String textOrNull(String text) {
    if (text.isEmpty()) {
      return null;
    }
    return text;
  }

  private List<Row> metricRows(Findings findings) {
    List<Row> rows = new ArrayList<>();
    new TreeMap<>(findings.references()).forEach((id, scores) -> addScores(rows, id, scores));
    for (Trial trial : trials) {
      String id = trial.id(keys);
      Optional.ofNullable(findings.results().get(id))
          .ifPresent(result -> addScores(rows, id, result.scores()));
    }
    return rows;
  }

  private static void addScores(List<Row> rows, String id, List<ImageScore> scores) {
    for (ImageScore score : scores) {
      rows.add(
          RowFactory.create(
              id,
              score.dataset(),
              score.image(),
              score.psnr(),
              score.ssim(),
              score.space().toLowerCase(Locale.ROOT),
              score.cropPixels()));
    }
  }

  private List<Row> curveRows(Findings findings) {
    List<Row> rows = new ArrayList<>();
    for (Trial trial : trials) {
      String id = trial.id(keys);
      TrialResult result = findings.results().get(id);
      if (result == null) {
        continue;
      }
      for (CurvePoint point : result.curve()) {
        rows.add(RowFactory.create(id, point.step(), point.series(), point.value()));
      }
    }
    return rows;
  }
}

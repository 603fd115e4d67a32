package org.distillgrid.jobs.page;

import static org.apache.spark.sql.functions.avg;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.concat;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.when;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.OptionalDouble;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.distillgrid.jobs.report.Findings;
import org.distillgrid.jobs.report.ShownTrials;
import org.distillgrid.jobs.table.TableName;
import org.distillgrid.jobs.table.Tables;

/**
 * What a page is made from: the tables of one version, of which the small ones have been read.
 *
 * @param trials by student, bits, quantizer, method and seed; a candidate is called by its values
 * @param shown those of them that a summary is made of, see {@link ShownTrials}
 * @param summary in the order of {@link CellName}
 * @param references mean scores of teacher and bicubic or input, by {@code trial_id} and data set
 */
record PageTables(
    Tables tables, List<Row> trials, List<Row> shown, List<Row> summary, List<Row> references) {
  private static final String LABEL = "student_label";

  static PageTables read(Tables tables) {
    return new PageTables(
        tables,
        sortedTrials(tables.labelled(TableName.TRIALS).withColumn("label", told())),
        sortedTrials(shown(tables)),
        sorted(tables.labelled(TableName.SUMMARY).collectAsList()),
        references(tables).collectAsList());
  }

  /** Returns the trials that a summary is made of, finished or failed, likewise. */
  static Dataset<Row> shown(Tables tables) {
    return ShownTrials.of(tables.labelled(TableName.TRIALS));
  }

  // Candidates of one tuned method share its label.
  private static Column told() {
    Column label = col("label");
    return when(
            label.equalTo(col("tuned")), concat(label, lit(" ("), col("tuned_options"), lit(")")))
        .otherwise(label);
  }

  private static List<Row> sortedTrials(Dataset<Row> trials) {
    return trials.orderBy(LABEL, "bits", "quantizer", "label", "seed").collectAsList();
  }

  private static List<Row> sorted(List<Row> summary) {
    return summary.stream()
        .sorted(
            Comparator.comparing(CellName::of, CellName.ORDER)
                .thenComparing(row -> row.<String>getAs("dataset")))
        .toList();
  }

  /** Returns the rows of {@code metrics} that trials are compared with. */
  static Dataset<Row> referenceScores(Tables tables) {
    List<String> ids = new ArrayList<>(Findings.REFERENCES);
    ids.add(Findings.TEACHER);
    return tables.table(TableName.METRICS).filter(col("trial_id").isin(ids.toArray()));
  }

  private static Dataset<Row> references(Tables tables) {
    return referenceScores(tables)
        .groupBy("trial_id", "dataset")
        .agg(avg("psnr").as("psnr"), avg("ssim").as("ssim"), avg("lpips").as("lpips"))
        .orderBy("dataset", "trial_id");
  }

  /** Returns the rows of the summary as sentences are made of them. */
  List<SummaryCell> cells() {
    return summary.stream().map(SummaryCell::of).toList();
  }

  /** Returns the rows of trials with a status. */
  List<Row> trials(String status) {
    return with(status, trials);
  }

  /** Returns the rows of shown trials with a status. */
  List<Row> shown(String status) {
    return with(status, shown);
  }

  private static List<Row> with(String status, List<Row> rows) {
    return rows.stream().filter(row -> row.getAs("status").equals(status)).toList();
  }

  /** Returns the teacher's mean PSNR on a data set, if there is one. */
  OptionalDouble teacher(String dataset) {
    return references.stream()
        .filter(row -> row.getAs("trial_id").equals(Findings.TEACHER))
        .filter(row -> row.getAs("dataset").equals(dataset))
        .mapToDouble(row -> row.<Double>getAs("psnr"))
        .findFirst();
  }
}

package org.distillgrid.jobs.report;

import static org.apache.spark.sql.functions.col;

import java.util.List;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.distillgrid.jobs.plan.GridMethod;
import org.distillgrid.jobs.spec.Catalog;
import org.distillgrid.jobs.table.TableName;
import org.distillgrid.jobs.table.Tables;
import org.distillgrid.jobs.table.TrialRow;

/** The scores of finished trials, image by image, as a {@link Comparison} reads them. */
public final class FinishedScores {
  private FinishedScores() {}

  /** Returns the {@link ShownTrials} that have finished. */
  public static Dataset<Row> trials(Tables tables) {
    return ShownTrials.of(
        tables.labelled(TableName.TRIALS).filter(col("status").equalTo(TrialRow.FINISHED)));
  }

  /**
   * Returns the label by which trials show a method.
   *
   * @param trials as {@link #trials} returns them
   * @param method a label, or a method in any spelling
   * @return the method's own spelling where no trial has it
   */
  public static String label(Dataset<Row> trials, String method) {
    if (!trials.filter(col("label").equalTo(method)).isEmpty()) {
      return method;
    }
    String canonical = GridMethod.parse(method, Catalog.load()).spelling();
    return trials
        .filter(col("label").equalTo(canonical).or(col("method").equalTo(canonical)))
        .orderBy(col("label").notEqual(canonical))
        .select("label")
        .limit(1)
        .collectAsList()
        .stream()
        .map(row -> row.getString(0))
        .findFirst()
        .orElse(canonical);
  }

  /**
   * Returns one row a finished trial and image, in {@link Comparison#COLUMNS}; methods and students
   * go by their labels.
   *
   * @param score a column of the table {@code metrics}; images that lack it are left out
   */
  public static List<Row> of(Tables tables, String score) {
    Column value = col(score);
    Dataset<Row> metrics =
        tables.table(TableName.METRICS).filter(value.isNotNull()).withColumn("value", value);
    return trials(tables)
        .drop("method")
        .withColumnRenamed("label", "method")
        .withColumn("student", col("student_label"))
        .join(metrics, "trial_id")
        .select(Comparison.COLUMNS.stream().map(name -> col(name)).toArray(Column[]::new))
        .collectAsList();
  }
}

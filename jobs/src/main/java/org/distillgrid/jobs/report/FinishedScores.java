package org.distillgrid.jobs.report;

import static org.apache.spark.sql.functions.col;

import java.util.List;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
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

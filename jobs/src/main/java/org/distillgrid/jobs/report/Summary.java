package org.distillgrid.jobs.report;

import static org.apache.spark.sql.functions.avg;
import static org.apache.spark.sql.functions.broadcast;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.max;
import static org.apache.spark.sql.functions.min;
import static org.apache.spark.sql.functions.nanvl;
import static org.apache.spark.sql.functions.stddev_samp;
import static org.apache.spark.sql.functions.when;

import java.util.Arrays;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.expressions.Window;
import org.apache.spark.sql.types.DataTypes;
import org.distillgrid.jobs.table.TableName;
import org.distillgrid.jobs.table.TrialRow;

/**
 * Sums trials up over their seeds: one row a cell (student, bits, quantizer, method) and data set.
 * A set's figure is the mean over its images; a cell's is the mean over its seeds. Differences are
 * to the teacher, to the cell of the same student at full precision without a method, and to the
 * cell of the same student, bits and quantizer without a method; they are null where there is no
 * such cell, and where both figures are infinite. Of a tuned method only the chosen candidate
 * counts, at all its seeds. What exported files score counts for the very weights that were
 * exported.
 */
final class Summary {
  private static final String[] CELL = {
    "task",
    "scale",
    "student",
    "student_label",
    "start",
    "bits",
    "quantizer",
    "method",
    "label",
    "tuned_options",
    "dataset"
  };

  private Summary() {}

  /**
   * Returns the summary of the rows of the tables {@code trials}, {@code metrics} and {@code
   * exports}.
   */
  static Dataset<Row> of(Dataset<Row> trials, Dataset<Row> metrics, Dataset<Row> exports) {
    Dataset<Row> sets =
        metrics
            .groupBy("trial_id", "dataset")
            .agg(avg("psnr").as("psnr"), avg("ssim").as("ssim"), avg("lpips").as("lpips"));
    Dataset<Row> exported =
        exports
            .filter(col("dataset").isNotNull())
            .groupBy("trial_id", "weight_hash", "dataset")
            .agg(
                avg("psnr_integer").as("psnr_integer"),
                avg(finite(col("psnr_integer").minus(col("psnr_fake")))).as("integer_gain"));
    Dataset<Row> cells =
        cells(
            ShownTrials.of(trials.filter(col("status").equalTo(TrialRow.FINISHED))),
            sets,
            exported);
    Dataset<Row> teacher =
        sets.filter(col("trial_id").equalTo(Findings.TEACHER))
            .select(col("dataset"), col("psnr").as("teacher_psnr"));
    // Beside every cell stand those that it is set against: one pass over the cells, where a join
    // would sum all trials up once more for each.
    return cells
        .join(broadcast(teacher), new String[] {"dataset"}, "left")
        .withColumn(
            "full_psnr",
            ofNone(col("bits").equalTo("fp"), "task", "scale", "student_label", "dataset"))
        .withColumn(
            "none_psnr",
            ofNone(lit(true), "task", "scale", "student_label", "dataset", "bits", "quantizer"))
        .withColumn("psnr_minus_teacher", difference("teacher_psnr"))
        .withColumn("psnr_minus_full_precision", difference("full_psnr"))
        .withColumn("psnr_minus_none", difference("none_psnr"))
        .select(columns());
  }

  // The figure of the cell without a method among those that agree in some columns; null if none.
  private static Column ofNone(Column also, String... agree) {
    return max(when(col("method").equalTo("none").and(also), col("psnr_mean")))
        .over(Window.partitionBy(columns(agree)));
  }

  private static Dataset<Row> cells(Dataset<Row> trials, Dataset<Row> sets, Dataset<Row> exported) {
    return trials
        .join(sets, "trial_id")
        .join(exported, new String[] {"trial_id", "weight_hash", "dataset"}, "left")
        .groupBy(columns(CELL))
        .agg(
            count(lit(1)).cast(DataTypes.IntegerType).as("n"),
            count("diverged").cast(DataTypes.IntegerType).as("n_diverged"),
            avg("psnr").as("psnr_mean"),
            finite(stddev_samp("psnr")).as("psnr_std"),
            avg("ssim").as("ssim_mean"),
            finite(stddev_samp("ssim")).as("ssim_std"),
            avg("lpips").as("lpips_mean"),
            finite(stddev_samp("lpips")).as("lpips_std"),
            count("psnr_integer").cast(DataTypes.IntegerType).as("n_integer"),
            avg("psnr_integer").as("psnr_integer_mean"),
            avg("integer_gain").as("psnr_integer_minus_fake"),
            min("parameters").as("parameters"),
            min("packed_bytes").as("packed_bytes"),
            min("macs").as("macs"),
            min("bit_operations").as("bit_operations"));
  }

  private static Column difference(String other) {
    return finite(col("psnr_mean").minus(col(other)));
  }

  // ∞ − ∞ is no number, and a table of null is easier to query than one of NaN.
  private static Column finite(Column value) {
    return nanvl(value, lit(null).cast(DataTypes.DoubleType));
  }

  private static Column[] columns() {
    return columns(TableName.SUMMARY.schema().fieldNames());
  }

  private static Column[] columns(String... names) {
    return Arrays.stream(names).map(name -> col(name)).toArray(Column[]::new);
  }
}

package org.distillgrid.jobs.report;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;

import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.DataTypes;

/**
 * The rows of {@code trials} as methods are compared: those that the grid names by themselves, and
 * of a tuned method the chosen candidate of each cell, under the label of the tuned method.
 */
public final class ShownTrials {
  private ShownTrials() {}

  /** Returns them; a trial that is both is there twice. */
  public static Dataset<Row> of(Dataset<Row> trials) {
    Dataset<Row> named =
        trials
            .filter(col("tuned").isNull().or(col("label").notEqual(col("tuned"))))
            .withColumn("tuned_options", lit(null).cast(DataTypes.StringType));
    Dataset<Row> chosen = trials.filter(col("chosen")).withColumn("label", col("tuned"));
    return named.unionByName(chosen);
  }
}

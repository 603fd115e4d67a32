package org.distillgrid.jobs.page;

import java.util.OptionalDouble;
import org.apache.spark.sql.Row;
import org.distillgrid.jobs.report.TunedName;

/**
 * A row of the table {@code summary}, as far as sentences and fronts are made of it.
 *
 * @param method as printed tables have it: its label, and of a tuned one the chosen values
 * @param psnr mean over the seeds, decibels
 * @param minusTeacher how far it lies from the teacher, decibels
 * @param minusFullPrecision how far it lies from the same student at full precision without a
 *     method, decibels
 */
record SummaryCell(
    CellName cell,
    String method,
    String dataset,
    double psnr,
    OptionalDouble minusTeacher,
    OptionalDouble minusFullPrecision) {
  static SummaryCell of(Row row) {
    return new SummaryCell(
        CellName.of(row),
        TunedName.of(row.getAs("label"), row.getAs("tuned_options")),
        row.getAs("dataset"),
        row.<Double>getAs("psnr_mean"),
        number(row, "psnr_minus_teacher"),
        number(row, "psnr_minus_full_precision"));
  }

  private static OptionalDouble number(Row row, String column) {
    Double value = row.getAs(column);
    if (value == null) {
      return OptionalDouble.empty();
    }
    return OptionalDouble.of(value);
  }
}

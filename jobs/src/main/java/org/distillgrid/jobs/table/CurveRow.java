package org.distillgrid.jobs.table;

import static org.distillgrid.jobs.table.ColumnType.LONG;
import static org.distillgrid.jobs.table.ColumnType.REAL;
import static org.distillgrid.jobs.table.ColumnType.TEXT;

import org.distillgrid.kd.train.CurvePoint;

/**
 * What a row of {@link TableName#CURVES} is made from.
 *
 * @param trialId the trial's id
 * @param point one value of one series
 */
public record CurveRow(String trialId, CurvePoint point) {
  /** The columns. */
  public static final Columns<CurveRow> COLUMNS =
      Columns.<CurveRow>none()
          .required("trial_id", TEXT, "a trial of the trials table", CurveRow::trialId)
          .required("step", LONG, "updates made when it was taken", row -> row.point.step())
          .required(
              "series",
              TEXT,
              "loss/<term>, learning_rate, validation_psnr, or method/<name> as the method's page"
                  + " tells",
              row -> row.point.series())
          .required(
              "value",
              REAL,
              "mean since the last point for losses and methods, momentary for others",
              row -> row.point.value());
}

package org.distillgrid.jobs.table;

import static org.distillgrid.jobs.table.ColumnType.INT;
import static org.distillgrid.jobs.table.ColumnType.REAL;
import static org.distillgrid.jobs.table.ColumnType.TEXT;

import java.util.Locale;
import java.util.Optional;
import org.distillgrid.jobs.journal.ImageMetrics;

/**
 * What a row of {@link TableName#METRICS} is made from.
 *
 * @param trialId the trial's id, or the name of a reference
 * @param score how one image was restored
 */
public record MetricRow(String trialId, ImageMetrics score) {
  /** The columns. */
  public static final Columns<MetricRow> COLUMNS =
      Columns.<MetricRow>none()
          .required(
              "trial_id",
              TEXT,
              "a trial of the trials table, or teacher, or bicubic, or input",
              MetricRow::trialId)
          .required("dataset", TEXT, "name of the evaluation set", row -> row.score.dataset())
          .required("image", TEXT, "file name of the image", row -> row.score.image())
          .required(
              "psnr", REAL, "decibels; infinity for identical images", row -> row.score.psnr())
          .optional(
              "ssim",
              REAL,
              "structural similarity, 1 for identical images; null below 11×11 pixels",
              row -> Optional.ofNullable(row.score.ssim()))
          .optional(
              "lpips",
              REAL,
              "0 for identical images, greater the less alike they look; null where evaluate.lpips"
                  + " gave no weights, and for images too small or too large for its network",
              row -> Optional.ofNullable(row.score.lpips()))
          .required(
              "space",
              TEXT,
              "planes that PSNR and SSIM compare: y, rgb for all channels, or grey",
              row -> row.score.space().toLowerCase(Locale.ROOT))
          .required(
              "crop_pixels",
              INT,
              "pixels left out at each border of them",
              row -> row.score.cropPixels());
}

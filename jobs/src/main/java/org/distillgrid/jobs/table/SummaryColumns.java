package org.distillgrid.jobs.table;

import static org.distillgrid.jobs.table.ColumnType.INT;
import static org.distillgrid.jobs.table.ColumnType.LONG;
import static org.distillgrid.jobs.table.ColumnType.REAL;
import static org.distillgrid.jobs.table.ColumnType.TEXT;

/** The columns of {@link TableName#SUMMARY}, which SQL makes from other tables. */
final class SummaryColumns {
  static final Columns<Void> COLUMNS =
      Columns.<Void>none()
          .required("task", TEXT, "task family, for instance sr")
          .required("scale", INT, "target size over input size")
          .required("student", TEXT, "model name of the student")
          .optional(
              "student_label", TEXT, "what the spec calls the student; without a label, its model")
          .optional(
              "start", TEXT, "what the student started from: pretrained, scratch, given or teacher")
          .required("bits", TEXT, "fp, or weight and activation bits such as w4a4")
          .required("quantizer", TEXT, "quantiser, fp when nothing is quantised")
          .required("method", TEXT, "distillation method, none without one")
          .required("label", TEXT, "what the spec calls the method; without a label, the method")
          .optional(
              "tuned_options",
              TEXT,
              "of a tuned method the values that were chosen, weight=0.04; null for others")
          .required("dataset", TEXT, "name of the evaluation set")
          .required("n", INT, "seeds that finished")
          .required("n_diverged", INT, "those of them whose training diverged, see trials")
          .required(
              "psnr_mean",
              REAL,
              "mean over the seeds of the set's mean PSNR, decibels; fake-quantised below fp")
          .optional("psnr_std", REAL, "sample standard deviation over the seeds; null for one seed")
          .optional(
              "ssim_mean",
              REAL,
              "mean over the seeds of the set's mean SSIM; null where no image has one")
          .optional("ssim_std", REAL, "sample standard deviation over the seeds; null for one seed")
          .optional(
              "lpips_mean",
              REAL,
              "mean over the seeds of the set's mean LPIPS, of those that have one; lower is better")
          .optional(
              "lpips_std", REAL, "sample standard deviation over those seeds; null for one seed")
          .optional("psnr_minus_teacher", REAL, "psnr_mean less the teacher's")
          .optional(
              "psnr_minus_full_precision",
              REAL,
              "psnr_mean less that of the same student at fp without a method")
          .optional(
              "psnr_minus_none",
              REAL,
              "psnr_mean less that of the same student, bits and quantizer without a method")
          .required("n_integer", INT, "seeds whose exported files were scored, see exports")
          .optional(
              "psnr_integer_mean",
              REAL,
              "mean over those seeds of the exported file's mean PSNR in its runtime, decibels")
          .optional(
              "psnr_integer_minus_fake",
              REAL,
              "mean over those seeds of the exported file's PSNR less the fake-quantised network's")
          .optional("parameters", LONG, "weights and biases of the student")
          .optional("packed_bytes", LONG, "length of the file that holds the student at its bits")
          .optional("macs", LONG, "multiplications with an addition for a result of 1280×720")
          .optional(
              "bit_operations",
              LONG,
              "macs, each times the bits of both operands, 32 for full precision");

  private SummaryColumns() {}
}

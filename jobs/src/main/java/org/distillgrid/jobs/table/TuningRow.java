package org.distillgrid.jobs.table;

import static org.distillgrid.jobs.table.ColumnType.BOOLEAN;
import static org.distillgrid.jobs.table.ColumnType.INT;
import static org.distillgrid.jobs.table.ColumnType.REAL;
import static org.distillgrid.jobs.table.ColumnType.TEXT;

import java.util.Optional;
import java.util.OptionalDouble;

/**
 * What a row of {@link TableName#TUNING} is made from.
 *
 * @param axes of a trial of the candidate
 * @param label what tables call the tuned method
 * @param options the candidate's values of the method's lists
 * @param mean of its validations, decibels
 * @param seeds that the mean is over
 * @param chosen whether it is chosen; absent as long as none is
 * @param atEdge whether a value of it lies at an end of its list
 */
public record TuningRow(
    TrialAxes axes,
    String label,
    String options,
    OptionalDouble mean,
    int seeds,
    Optional<Boolean> chosen,
    boolean atEdge) {
  /** The columns. */
  public static final Columns<TuningRow> COLUMNS =
      Columns.<TuningRow>none()
          .required("task", TEXT, "task family, for instance sr", row -> row.axes.task())
          .required("scale", INT, "target size over input size", row -> row.axes.scale())
          .required("student", TEXT, "model name of the student", row -> row.axes.student())
          .required(
              "student_label",
              TEXT,
              "what the spec calls the student; without a label, its model",
              row -> row.axes.studentLabel())
          .required(
              "start",
              TEXT,
              "what the student started from: pretrained, scratch, given or teacher",
              row -> row.axes.start())
          .required(
              "bits",
              TEXT,
              "fp, or weight and activation bits such as w4a4",
              row -> row.axes.bits())
          .required(
              "quantizer",
              TEXT,
              "quantiser, fp when nothing is quantised",
              row -> row.axes.quantizer())
          .required(
              "tuned", TEXT, "what the spec calls the tuned method, as in trials", TuningRow::label)
          .required(
              "method", TEXT, "the candidate: the method with its values", row -> row.axes.method())
          .required("options", TEXT, "the values of its lists: weight=0.04", TuningRow::options)
          .optional(
              "validation_psnr_mean",
              REAL,
              "mean over the seeds of grid.tune of the last validation's PSNR on held-out patches,"
                  + " decibels; null where none has finished",
              row -> row.mean.stream().boxed().findFirst())
          .required("n", INT, "seeds that the mean is over", TuningRow::seeds)
          .optional(
              "chosen",
              BOOLEAN,
              "whether it is trained at all seeds; null until all candidates have ended, and where"
                  + " all failed",
              TuningRow::chosen)
          .required(
              "at_edge",
              BOOLEAN,
              "whether one of its values is the least or the greatest of a list of numbers",
              TuningRow::atEdge);
}

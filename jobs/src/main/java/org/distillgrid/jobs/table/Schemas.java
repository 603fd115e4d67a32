package org.distillgrid.jobs.table;

import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/** The columns of every table, each with its meaning; {@code docs/tables.md} shows the same. */
public final class Schemas {
  private static final DataType TEXT = DataTypes.StringType;
  private static final DataType INT = DataTypes.IntegerType;
  private static final DataType LONG = DataTypes.LongType;
  private static final DataType REAL = DataTypes.DoubleType;
  private static final DataType BYTES = DataTypes.BinaryType;
  private static final DataType MAP = new ArrayType(DataTypes.FloatType, false);

  /** Columns of {@link TableName#TRIALS}. */
  public static final StructType TRIALS =
      new Columns()
          .required("trial_id", TEXT, "16 hexadecimal digits over all that decides the numbers")
          .required("name", TEXT, "name of the run's spec")
          .required("task", TEXT, "task family, for instance sr")
          .required("scale", INT, "target size over input size")
          .required("student", TEXT, "model name of the student")
          .required("bits", TEXT, "fp, or weight and activation bits such as w4a4")
          .required("bits_weight", INT, "bits of a weight, 32 for full precision")
          .required("bits_activation", INT, "bits of an activation, 32 for full precision")
          .required("quantizer", TEXT, "quantiser, fp when nothing is quantised")
          .required("method", TEXT, "distillation method, none without one")
          .required("label", TEXT, "what the spec calls the method; without a label, the method")
          .required("seed", LONG, "seed of the trial")
          .required("status", TEXT, "finished or failed")
          .optional("error", TEXT, "why it failed, one line")
          .required("steps", LONG, "updates made")
          .required("seconds", REAL, "time that the trial took of its cohort's")
          .required("attempt", TEXT, "id of the attempt whose result this is")
          .required("device", TEXT, "cpu, or a GPU such as gpu:0")
          .required("slot", TEXT, "host, executor and address that Spark assigned")
          .required("threads", INT, "intra-op threads of the engine")
          .optional("parameters", LONG, "weights and biases of the student")
          .optional("packed_bytes", LONG, "length of the file that holds the student at its bits")
          .optional("macs", LONG, "multiplications with an addition for a result of 1280×720")
          .optional(
              "bit_operations",
              LONG,
              "macs, each times the bits of both operands, 32 for full precision")
          .optional("weight_hash", TEXT, "SHA-256 of the evaluated weights, hexadecimal")
          .optional("weights_path", TEXT, "file of the evaluated weights")
          .optional(
              "packed_path",
              TEXT,
              "file of the student at its bits; null, as packed_bytes, where the version of then"
                  + " kept none")
          .required("teacher", TEXT, "model name of the teacher")
          .required("teacher_hash", TEXT, "SHA-256 of the teacher's weights, hexadecimal")
          .required("version", TEXT, "version of distill-grid")
          .required("engine_version", TEXT, "version of PyTorch")
          .required("java_version", TEXT, "version of Java")
          .required("finished_at", DataTypes.TimestampType, "when the trial ended")
          .schema();

  /** Columns of {@link TableName#METRICS}. */
  public static final StructType METRICS =
      new Columns()
          .required(
              "trial_id", TEXT, "a trial of the trials table, or teacher, or bicubic, or input")
          .required("dataset", TEXT, "name of the evaluation set")
          .required("image", TEXT, "file name of the image")
          .required("psnr", REAL, "decibels; infinity for identical images")
          .optional(
              "ssim",
              REAL,
              "structural similarity, 1 for identical images; null below 11×11 pixels")
          .required("space", TEXT, "planes compared: y, or rgb for all channels")
          .required("crop_pixels", INT, "pixels left out at each border")
          .schema();

  /** Columns of {@link TableName#CURVES}. */
  public static final StructType CURVES =
      new Columns()
          .required("trial_id", TEXT, "a trial of the trials table")
          .required("step", LONG, "updates made when it was taken")
          .required(
              "series",
              TEXT,
              "loss/<term>, learning_rate, validation_psnr, or method/<name> as the method's page"
                  + " tells")
          .required(
              "value",
              REAL,
              "mean since the last point for losses and methods, momentary for others")
          .schema();

  /** Columns of {@link TableName#SUMMARY}. */
  public static final StructType SUMMARY =
      new Columns()
          .required("task", TEXT, "task family, for instance sr")
          .required("scale", INT, "target size over input size")
          .required("student", TEXT, "model name of the student")
          .required("bits", TEXT, "fp, or weight and activation bits such as w4a4")
          .required("quantizer", TEXT, "quantiser, fp when nothing is quantised")
          .required("method", TEXT, "distillation method, none without one")
          .required("label", TEXT, "what the spec calls the method; without a label, the method")
          .required("dataset", TEXT, "name of the evaluation set")
          .required("n", INT, "seeds that finished")
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
              "macs, each times the bits of both operands, 32 for full precision")
          .schema();

  /** Columns of {@link TableName#EXPORTS}. */
  public static final StructType EXPORTS =
      new Columns()
          .required("trial_id", TEXT, "a trial of the trials table")
          .required("format", TEXT, "onnx")
          .required("path", TEXT, "the exported file, below the run folder or fully qualified")
          .required("bytes", LONG, "size of the file")
          .required("opset", INT, "version of ONNX's operators")
          .required("size", TEXT, "dynamic, or width×height where the file takes one size only")
          .required("weight_hash", TEXT, "SHA-256 of the weights that were exported, hexadecimal")
          .required("runtime", TEXT, "what computed psnr_integer, with its version")
          .required("exported_at", DataTypes.TimestampType, "when it was exported")
          .optional("dataset", TEXT, "name of the evaluation set; null where size is not dynamic")
          .optional("image", TEXT, "file name of the image; null likewise")
          .optional("psnr_fake", REAL, "of the fake-quantised network, decibels")
          .optional("psnr_integer", REAL, "of the exported file in the runtime, decibels")
          .schema();

  /** Columns of {@link TableName#PATCHES}. */
  public static final StructType PATCHES =
      new Columns()
          .required("patch_id", TEXT, "<dataset>/<image>@r<row>c<column>, unique in the run")
          .required("image", TEXT, "path of the image below its data folder")
          .required("row", INT, "top edge in the ground truth, pixels")
          .required("column", INT, "left edge in the ground truth, pixels")
          .required("scale", INT, "target size over input size")
          .required("channels", INT, "1 for grey, 3 for RGB")
          .required("hr_height", INT, "height of the target, pixels")
          .required("hr_width", INT, "width of the target, pixels")
          .required("lr_height", INT, "height of the input, pixels")
          .required("lr_width", INT, "width of the input, pixels")
          .required("hr", BYTES, "target, unsigned bytes, channel after channel, row-major")
          .required("lr", BYTES, "stored input, unsigned bytes, channel after channel, row-major")
          .required("source_checksum", TEXT, "SHA-256 of the image's file, hexadecimal")
          .required("dataset", TEXT, "name of the data folder; a partition column")
          .required("split", TEXT, "train or valid; a partition column")
          .schema();

  /** Columns of {@link TableName#REJECTED_INPUTS}. */
  public static final StructType REJECTED_INPUTS =
      new Columns()
          .required("dataset", TEXT, "name of the data folder")
          .required("path", TEXT, "the file, fully qualified")
          .required("reason", TEXT, "why it was not used, one line")
          .required("bytes", LONG, "size of the file; 0 for a folder")
          .schema();

  /** Columns of {@link TableName#DIFFICULTY}. */
  public static final StructType DIFFICULTY =
      new Columns()
          .required("patch_id", TEXT, "a patch of the patches table")
          .required("laplacian_variance", REAL, "mean of laplacian_variance_map")
          .required("pixel_variance", REAL, "mean of pixel_variance_map")
          .required("student_error", REAL, "mean of student_error_map")
          .required("teacher_gap", REAL, "mean of teacher_gap_map")
          .required(
              "laplacian_variance_map",
              MAP,
              "variance of the target's Laplacian in 8×8 cells, row-major, not normalised")
          .required(
              "pixel_variance_map",
              MAP,
              "variance of the target in 8×8 cells, row-major, not normalised")
          .required(
              "student_error_map",
              MAP,
              "student against target in 8×8 cells, row-major, not normalised")
          .required(
              "teacher_gap_map",
              MAP,
              "teacher against student in 8×8 cells, row-major, not normalised")
          .schema();

  private Schemas() {}

  private static final class Columns {
    private StructType schema = new StructType();

    Columns required(String name, DataType type, String comment) {
      schema = schema.add(name, type, false, comment);
      return this;
    }

    Columns optional(String name, DataType type, String comment) {
      schema = schema.add(name, type, true, comment);
      return this;
    }

    StructType schema() {
      return schema;
    }
  }
}

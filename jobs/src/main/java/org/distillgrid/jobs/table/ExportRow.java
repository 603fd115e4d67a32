package org.distillgrid.jobs.table;

import static org.distillgrid.jobs.table.ColumnType.INT;
import static org.distillgrid.jobs.table.ColumnType.LONG;
import static org.distillgrid.jobs.table.ColumnType.REAL;
import static org.distillgrid.jobs.table.ColumnType.TEXT;
import static org.distillgrid.jobs.table.ColumnType.TIME;

import java.sql.Timestamp;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.distillgrid.jobs.journal.ExportResult;

/**
 * What a row of {@link TableName#EXPORTS} is made from.
 *
 * @param export what is known of the file
 * @param score how one image was restored; empty where none was
 */
public record ExportRow(ExportResult export, Optional<ExportResult.Score> score) {
  /** The columns. */
  public static final Columns<ExportRow> COLUMNS =
      Columns.<ExportRow>none()
          .required("trial_id", TEXT, "a trial of the trials table", row -> row.export.trialId())
          .required("format", TEXT, "onnx", row -> row.export.format())
          .required(
              "path",
              TEXT,
              "the exported file, below the run folder or fully qualified",
              row -> row.export.path())
          .required("bytes", LONG, "size of the file", row -> row.export.bytes())
          .required("opset", INT, "version of ONNX's operators", row -> row.export.opset())
          .required(
              "size",
              TEXT,
              "dynamic, or width×height where the file takes one size only",
              row -> row.export.size())
          .required(
              "weight_hash",
              TEXT,
              "SHA-256 of the weights that were exported, hexadecimal",
              row -> row.export.weightHash())
          .required(
              "runtime",
              TEXT,
              "what computed psnr_integer, with its version",
              row -> row.export.runtime())
          .required(
              "exported_at",
              TIME,
              "when it was exported",
              row -> Timestamp.from(Instant.parse(row.export.exportedAt())))
          .optional(
              "latency_ms",
              REAL,
              "median time that an image takes in the runtime on one thread, milliseconds; null in"
                  + " exports of earlier versions",
              row ->
                  Optional.ofNullable(row.export.latency()).map(ExportResult.Latency::milliseconds))
          .optional(
              "latency_size",
              TEXT,
              "size of that image, degraded, width×height; null likewise",
              row -> Optional.ofNullable(row.export.latency()).map(ExportResult.Latency::size))
          .optional(
              "dataset",
              TEXT,
              "name of the evaluation set; null where size is not dynamic",
              row -> row.score.map(ExportResult.Score::dataset))
          .optional(
              "image",
              TEXT,
              "file name of the image; null likewise",
              row -> row.score.map(ExportResult.Score::image))
          .optional(
              "psnr_fake",
              REAL,
              "of the fake-quantised network, decibels",
              row -> row.score.map(ExportResult.Score::psnrFake))
          .optional(
              "psnr_integer",
              REAL,
              "of the exported file in the runtime, decibels",
              row -> row.score.map(ExportResult.Score::psnrInteger));

  /** Returns the rows of an export: one an image, or one in all where none was evaluated. */
  public static List<ExportRow> of(ExportResult export) {
    if (export.scores().isEmpty()) {
      return List.of(new ExportRow(export, Optional.empty()));
    }
    return export.scores().stream()
        .map(score -> new ExportRow(export, Optional.of(score)))
        .toList();
  }
}

package org.distillgrid.jobs.table;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.Path;
import org.apache.parquet.example.data.Group;
import org.apache.parquet.hadoop.ParquetReader;
import org.apache.parquet.hadoop.example.GroupReadSupport;
import org.distillgrid.jobs.folder.Messages;
import org.distillgrid.jobs.folder.RunFolder;
import org.distillgrid.kd.error.ErrorCode;
import org.distillgrid.kd.error.GridException;

/** The table {@code summary} in force, read without Spark for those who only want a glance. */
public final class PublishedSummary {
  private static final String PARQUET = ".parquet";

  private PublishedSummary() {}

  /**
   * A row, as far as it is read.
   *
   * @param psnr mean over the seeds, decibels
   */
  public record Cell(String dataset, String student, String bits, String label, double psnr) {
    private static Cell of(Group row) {
      return new Cell(
          row.getString("dataset", 0),
          row.getString("student", 0),
          row.getString("bits", 0),
          row.getString("label", 0),
          row.getDouble("psnr_mean", 0));
    }
  }

  /**
   * Returns all rows; none where nothing has been published.
   *
   * @throws GridException if a file is gone or damaged
   */
  public static List<Cell> read(RunFolder run) {
    Optional<String> version = TablePublisher.currentVersion(run);
    if (version.isEmpty()) {
      return List.of();
    }
    List<Cell> cells = new ArrayList<>();
    Path folder = run.table(version.get(), TableName.SUMMARY.view());
    for (FileStatus file : run.files().list(folder)) {
      if (file.getPath().getName().endsWith(PARQUET)) {
        read(run, file.getPath(), cells);
      }
    }
    return cells;
  }

  private static void read(RunFolder run, Path file, List<Cell> cells) {
    try (ParquetReader<Group> reader =
        ParquetReader.builder(new GroupReadSupport(), file)
            .withConf(run.configuration().value())
            .build()) {
      for (Group row = reader.read(); row != null; row = reader.read()) {
        cells.add(Cell.of(row));
      }
    } catch (IOException | RuntimeException e) {
      // What is no Parquet file, or has not these columns, is told by exceptions of many kinds.
      throw GridException.of(e, ErrorCode.INPUT, "Cannot read %s: %s", file, Messages.firstLine(e));
    }
  }
}

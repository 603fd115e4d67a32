package org.distillgrid.jobs.table;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.Path;
import org.apache.parquet.example.data.Group;
import org.apache.parquet.hadoop.ParquetReader;
import org.apache.parquet.hadoop.example.GroupReadSupport;
import org.distillgrid.jobs.folder.Messages;
import org.distillgrid.jobs.folder.RunFolder;
import org.distillgrid.kd.error.ErrorCode;
import org.distillgrid.kd.error.GridException;

/** The rows of a table in force, read without Spark for those who only want a glance. */
final class PublishedRows {
  private static final String PARQUET = ".parquet";

  private PublishedRows() {}

  /**
   * Returns what is made of each row; none where nothing has been published.
   *
   * @throws GridException if a file is gone or damaged
   */
  static <T> List<T> read(RunFolder run, TableName table, Function<Group, T> made) {
    Optional<String> version = TablePublisher.currentVersion(run);
    if (version.isEmpty()) {
      return List.of();
    }
    List<T> rows = new ArrayList<>();
    Path folder = run.table(version.get(), table.view());
    for (FileStatus file : run.files().list(folder)) {
      if (file.getPath().getName().endsWith(PARQUET)) {
        read(run, file.getPath(), made, rows);
      }
    }
    return rows;
  }

  private static <T> void read(RunFolder run, Path file, Function<Group, T> made, List<T> rows) {
    try (ParquetReader<Group> reader =
        ParquetReader.builder(new GroupReadSupport(), file)
            .withConf(run.configuration().value())
            .build()) {
      for (Group row = reader.read(); row != null; row = reader.read()) {
        rows.add(made.apply(row));
      }
    } catch (IOException | RuntimeException e) {
      // What is no Parquet file, or has not these columns, is told by exceptions of many kinds.
      throw GridException.of(e, ErrorCode.INPUT, "Cannot read %s: %s", file, Messages.firstLine(e));
    }
  }
}

package org.distillgrid.jobs.table;

import java.io.IOException;
import java.util.UUID;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.Path;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.sql.DataFrameWriter;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.distillgrid.jobs.cluster.JobNames;
import org.distillgrid.jobs.folder.Messages;
import org.distillgrid.jobs.folder.RunFiles;
import org.distillgrid.jobs.folder.RunFolder;

/**
 * Tables of a run's data folder while they are written: in a folder of their own, moved to their
 * places when all are whole, deleted when something fails. What a killed driver left goes first.
 */
public final class DataStaging implements AutoCloseable {
  private static final String PREFIX = "_writing-";
  // Patches are large cells: without these a writer would buffer a hundred of them, or 128 MiB,
  // before it looks at its size.
  private static final String ROW_GROUP_BYTES = Integer.toString(8 << 20);
  private static final String ROWS_BEFORE_CHECK = "4";

  private final SparkSession session;
  private final RunFolder run;
  private final Path folder;

  private DataStaging(SparkSession session, RunFolder run, Path folder) {
    this.session = session;
    this.run = run;
    this.folder = folder;
  }

  /**
   * Makes the folder.
   *
   * @throws org.distillgrid.kd.error.GridException if nothing can be written there
   */
  public static DataStaging open(SparkSession session, RunFolder run) {
    Path folder = new Path(run.data(), PREFIX + UUID.randomUUID());
    RunFiles files = run.files();
    for (FileStatus left : files.list(run.data())) {
      if (left.getPath().getName().startsWith(PREFIX)) {
        files.delete(left.getPath());
      }
    }
    try {
      if (!files.fileSystem(folder).mkdirs(folder)) {
        throw new IOException("the folder cannot be made");
      }
    } catch (IOException e) {
      throw RunFiles.unwritable(run.data(), e);
    }
    return new DataStaging(session, run, folder);
  }

  /**
   * Writes one partition of the patch table, a file a task, in the order of the rows.
   *
   * @param rows rows of {@link PatchRow}
   */
  public void writePatches(String dataset, String split, JavaRDD<Row> rows) {
    Path place = new PatchPartition(dataset, split).below(place(TableName.PATCHES));
    write(
        "prepare: cut patches of " + dataset + ", " + split,
        session.createDataFrame(rows, PatchRow.COLUMNS.rowSchema()),
        place);
  }

  /**
   * Writes a whole table.
   *
   * @param name what Spark calls the work
   */
  public void write(String name, TableName table, Dataset<Row> rows) {
    write(name, rows, place(table));
  }

  /** Returns the rows of a table as written so far. */
  public Dataset<Row> written(TableName table) {
    return session.read().schema(table.schema()).parquet(place(table).toString());
  }

  /** Deletes a table as written so far. */
  public void discard(TableName table) {
    run.files().delete(place(table));
  }

  /** Moves a whole table to its place in the run folder. */
  public void install(TableName table, Path place) {
    run.files().install(place(table), place);
  }

  /** Deletes the folder and what was not installed. */
  @Override
  public void close() {
    run.files().delete(folder);
  }

  private Path place(TableName table) {
    return new Path(folder, table.view());
  }

  private void write(String name, Dataset<Row> rows, Path place) {
    DataFrameWriter<Row> writer =
        rows.write()
            .option("parquet.block.size", ROW_GROUP_BYTES)
            .option("parquet.page.size.row.check.min", ROWS_BEFORE_CHECK)
            .option("parquet.block.size.row.check.min", ROWS_BEFORE_CHECK)
            .option("parquet.enable.dictionary#hr", "false")
            .option("parquet.enable.dictionary#lr", "false");
    try {
      JobNames.of(session).during(name, () -> writer.parquet(place.toString()));
    } catch (Exception e) {
      // Scala code throws Hadoop's checked exceptions without declaring them.
      throw RunFiles.unwritable(place, Messages.rootCause(e));
    }
  }
}

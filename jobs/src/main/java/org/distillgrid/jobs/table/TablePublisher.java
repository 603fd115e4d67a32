package org.distillgrid.jobs.table;

import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.DataFrameWriter;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SaveMode;
import org.apache.spark.sql.types.StructField;
import org.distillgrid.jobs.cluster.JobNames;
import org.distillgrid.jobs.folder.Messages;
import org.distillgrid.jobs.folder.RunFiles;
import org.distillgrid.jobs.folder.RunFolder;
import org.distillgrid.jobs.folder.SideBySide;
import org.distillgrid.kd.error.GridException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Publishes all tables of a run at once; for the driver only. A new version is written beside the
 * one in force, then one pointer file is replaced: a reader sees all of the old or all of the new
 * tables. Nothing is ever appended.
 */
public final class TablePublisher {
  private static final Logger LOGGER = LoggerFactory.getLogger(TablePublisher.class);
  private static final Pattern VERSION = Pattern.compile("v\\d{6,}");
  private static final Set<TableName> GIVEN =
      Set.of(TableName.TRIALS, TableName.METRICS, TableName.CURVES, TableName.EXPORTS);

  private final RunFolder run;

  /** Publishes into a run folder. */
  public TablePublisher(RunFolder run) {
    this.run = run;
  }

  /**
   * Publishes one new version and deletes all but it and the one before it; that also clears what a
   * killed driver left half-written.
   *
   * @param tables exactly the tables of {@link TableName#published}, each with its columns
   * @return the new version's name, for instance {@code v000002}
   * @throws GridException if it cannot be written; the version in force then stays in force
   */
  public String publish(Map<TableName, Dataset<Row>> tables) {
    Map<TableName, Dataset<Row>> others = new EnumMap<>(tables);
    others.remove(TableName.SUMMARY);
    return publish(others, fresh -> tables.get(TableName.SUMMARY), "");
  }

  /**
   * Publishes one new version as {@link #publish(Map)} does.
   *
   * @param tables all but the summary
   * @param summary makes the summary from the others as they have just been written
   * @param fingerprint by which {@link #inForce} knows the version again; empty if it shall not
   */
  public String publish(
      Map<TableName, Dataset<Row>> tables,
      Function<Tables, Dataset<Row>> summary,
      String fingerprint) {
    if (!tables.keySet().equals(GIVEN)) {
      throw new IllegalArgumentException(
          "A version holds trials, metrics, curves, summary and exports");
    }
    tables.forEach(TablePublisher::checkColumns);
    Optional<String> before = currentVersion(run);
    String fresh = RunFolder.versionName(1 + newest());
    Path folder = run.version(fresh);
    try {
      // Each is written by one task, and Spark takes long to plan it.
      SideBySide.answers(
          List.copyOf(tables.entrySet()), table -> write(fresh, table.getKey(), table.getValue()));
      Dataset<Row> last =
          summary.apply(Tables.of(tables.get(TableName.TRIALS).sparkSession(), run, fresh));
      checkColumns(TableName.SUMMARY, last);
      write(fresh, TableName.SUMMARY, last);
      run.files().replace(madeFrom(fresh), contents(fresh, fingerprint));
    } catch (IllegalArgumentException e) {
      discard(folder);
      throw e;
    } catch (Exception e) {
      // Scala code throws Hadoop's checked exceptions without declaring them.
      discard(folder);
      throw RunFiles.unwritable(folder, Messages.rootCause(e));
    }
    run.files().replace(run.currentVersion(), fresh + "\n");
    versions().stream()
        .filter(version -> !version.equals(fresh) && !Optional.of(version).equals(before))
        .forEach(version -> run.files().delete(run.version(version)));
    return fresh;
  }

  /** Returns the version in force if it was published under a fingerprint and is still whole. */
  public Optional<String> inForce(String fingerprint) {
    return currentVersion(run)
        .filter(
            version ->
                run.files()
                    .text(madeFrom(version))
                    .equals(Optional.of(contents(version, fingerprint))));
  }

  // Names every file of a version with its length, so that one that has lost some is known.
  private String contents(String version, String fingerprint) {
    StringBuilder contents = new StringBuilder(fingerprint).append('\n');
    for (TableName table : TableName.published()) {
      for (FileStatus file : run.files().list(run.table(version, table.view()))) {
        String name = file.getPath().getName();
        if (!name.startsWith(".")) {
          contents.append(table.view()).append('/').append(name).append(' ');
          contents.append(file.getLen()).append('\n');
        }
      }
    }
    return contents.toString();
  }

  private String write(String version, TableName table, Dataset<Row> rows) {
    DataFrameWriter<Row> writer = rows.coalesce(1).write().mode(SaveMode.ErrorIfExists);
    String place = run.table(version, table.view()).toString();
    JobNames.of(rows.sparkSession())
        .during("publish: " + table.view(), () -> writer.parquet(place));
    return place;
  }

  private Path madeFrom(String version) {
    return new Path(run.version(version), "_made_from");
  }

  /** Returns the version in force, if any table was ever published. */
  public static Optional<String> currentVersion(RunFolder run) {
    return run.files().text(run.currentVersion()).map(String::strip);
  }

  private static void checkColumns(TableName table, Dataset<Row> rows) {
    if (!columns(table.schema().fields()).equals(columns(rows.schema().fields()))) {
      throw new IllegalArgumentException(
          "Columns of " + table.view() + " differ: " + rows.schema().simpleString());
    }
  }

  private static List<String> columns(StructField[] fields) {
    return Arrays.stream(fields)
        .map(field -> field.name() + " " + field.dataType().simpleString())
        .toList();
  }

  private int newest() {
    return versions().stream()
        .mapToInt(version -> Integer.parseInt(version.substring(1)))
        .max()
        .orElse(0);
  }

  private List<String> versions() {
    return run.files().list(run.tables()).stream()
        .filter(FileStatus::isDirectory)
        .map(status -> status.getPath().getName())
        .filter(name -> VERSION.matcher(name).matches())
        .toList();
  }

  // What cannot be deleted now is a half-written version without a pointer: the next one clears it.
  private void discard(Path folder) {
    try {
      run.files().delete(folder);
    } catch (GridException e) {
      LOGGER.warn("Left behind: {}", folder);
    }
  }
}

package org.distillgrid.jobs.table;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.distillgrid.jobs.folder.RunFolder;
import org.distillgrid.kd.error.ErrorCode;
import org.distillgrid.kd.error.GridException;

/** Reads the tables of a run folder. */
public final class Tables {
  private static final String STUDENT_LABEL = "student_label";

  private final SparkSession session;
  private final RunFolder run;
  private final Supplier<Optional<String>> version;

  private Tables(SparkSession session, RunFolder run, Supplier<Optional<String>> version) {
    this.session = session;
    this.run = run;
    this.version = version;
  }

  /**
   * Opens a run folder and registers a temporary view for every table that it has so far.
   *
   * @throws GridException if the folder is no run folder
   */
  public static Tables open(SparkSession session, RunFolder run) {
    Tables tables = of(session, run);
    if (!run.files().exists(run.spec()) && tables.views().isEmpty()) {
      throw GridException.of(
          ErrorCode.INPUT,
          "Cannot open %s: no run folder (it has neither spec.yaml nor tables)",
          run.location());
    }
    for (TableName table : tables.views()) {
      tables.table(table).createOrReplaceTempView(table.view());
    }
    return tables;
  }

  /** Returns the tables of a run folder without registering views. */
  public static Tables of(SparkSession session, RunFolder run) {
    return new Tables(session, run, () -> TablePublisher.currentVersion(run));
  }

  /**
   * Returns the tables of a run folder in one version, which need not be in force: of a run that is
   * under way, all of one moment, as long as the version is kept.
   */
  public static Tables of(SparkSession session, RunFolder run, String version) {
    return new Tables(session, run, () -> Optional.of(version));
  }

  /** Returns the tables that the run has so far. */
  public List<TableName> views() {
    List<TableName> present = new ArrayList<>();
    for (TableName table : TableName.values()) {
      if (folder(table).isPresent()) {
        present.add(table);
      }
    }
    return present;
  }

  /**
   * Returns the rows of a table that has students, each with a label: tables of versions that had
   * none name models only.
   *
   * @throws GridException if the run does not have the table yet
   */
  public Dataset<Row> labelled(TableName table) {
    return table(table).withColumn(STUDENT_LABEL, coalesce(col(STUDENT_LABEL), col("student")));
  }

  /**
   * Returns the rows of a table, in its columns.
   *
   * @throws GridException if the run does not have the table yet
   */
  public Dataset<Row> table(TableName table) {
    Path folder =
        folder(table)
            .orElseThrow(
                () ->
                    GridException.of(
                        ErrorCode.INPUT,
                        "Cannot read table %s: %s has none yet",
                        table.view(),
                        run.location()));
    return session.read().schema(table.schema()).parquet(folder.toString());
  }

  private Optional<Path> folder(TableName table) {
    Optional<Path> folder =
        switch (table) {
          case TRIALS, METRICS, CURVES, SUMMARY, TUNING, EXPORTS ->
              version.get().map(published -> run.table(published, table.view()));
          case PATCHES -> whole(run.prepared(), run.patches());
          case REJECTED_INPUTS -> whole(run.prepared(), run.rejectedInputs());
          case DIFFICULTY -> whole(run.scored(), run.difficulty());
        };
    return folder.filter(path -> run.files().exists(path));
  }

  // Without its state file a folder is what a killed driver left.
  private Optional<Path> whole(Path state, Path folder) {
    if (run.files().exists(state)) {
      return Optional.of(folder);
    }
    return Optional.empty();
  }
}

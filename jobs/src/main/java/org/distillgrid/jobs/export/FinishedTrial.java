package org.distillgrid.jobs.export;

import static org.apache.spark.sql.functions.col;

import java.util.List;
import java.util.Optional;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.distillgrid.jobs.folder.RunFolder;
import org.distillgrid.jobs.spec.RunSpec;
import org.distillgrid.jobs.spec.SpecReader;
import org.distillgrid.jobs.table.TableName;
import org.distillgrid.jobs.table.Tables;
import org.distillgrid.kd.error.ErrorCode;
import org.distillgrid.kd.error.GridException;
import org.distillgrid.kd.eval.LoadedNetwork;
import org.distillgrid.kd.model.ModelTarget;
import org.distillgrid.kd.model.Network;
import org.distillgrid.kd.weights.Checkpoint;
import org.distillgrid.kd.weights.Checkpoints;

/**
 * A finished trial of a run, as its row in the table {@code trials} tells of it.
 *
 * @param run the run folder
 * @param row the trial's row
 */
record FinishedTrial(RunFolder run, Row row) {
  /**
   * Returns the one trial of a run whose id begins so.
   *
   * @throws GridException if there is none, or more than one, or it failed
   */
  static FinishedTrial find(SparkSession session, RunFolder run, String id) {
    List<Row> found =
        Tables.open(session, run)
            .table(TableName.TRIALS)
            .where(col("trial_id").startsWith(id))
            .orderBy("trial_id")
            .collectAsList();
    if (found.size() != 1) {
      throw GridException.of(
          ErrorCode.USAGE,
          "Cannot export %s: %d trials of %s begin so; distill-grid sql %s"
              + " \"SELECT trial_id, student, bits, method FROM trials\" shows them",
          id,
          found.size(),
          run.location(),
          run.location());
    }
    Row row = found.get(0);
    if (!row.<String>getAs("status").equals("finished")) {
      throw GridException.of(
          ErrorCode.INPUT, "Cannot export %s: it failed: %s", id, row.getAs("error"));
    }
    return new FinishedTrial(run, row);
  }

  String id() {
    return row.getAs("trial_id");
  }

  String weightHash() {
    return row.getAs("weight_hash");
  }

  /** Returns the spec that the run was made with. */
  RunSpec spec() {
    String yaml =
        run.files()
            .text(run.spec())
            .orElseThrow(
                () ->
                    GridException.of(ErrorCode.INPUT, "Cannot read %s: no such file", run.spec()));
    return SpecReader.effective(yaml, run.spec().toString());
  }

  /** Returns the file of the student at its bits; empty where the run kept none. */
  Optional<Path> packed() {
    return Optional.ofNullable(row.<String>getAs("packed_path")).map(path -> run.at(path));
  }

  /** Builds the student with its evaluated weights. */
  LoadedNetwork open() {
    Path path = new Path(run.root(), row.<String>getAs("weights_path"));
    byte[] content = run.files().required(path);
    Checkpoint checkpoint = Checkpoints.read(content, path.toString());
    int channels = Network.imageChannels(checkpoint).orElseGet(() -> spec().data().channels());
    ModelTarget target = new ModelTarget(channels, row.getAs("scale"));
    return LoadedNetwork.open(row.getAs("student"), target, checkpoint, path.toString());
  }
}

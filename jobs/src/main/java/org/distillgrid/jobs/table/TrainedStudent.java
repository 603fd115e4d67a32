package org.distillgrid.jobs.table;

import java.util.Optional;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.Row;
import org.distillgrid.jobs.folder.RunFolder;
import org.distillgrid.jobs.spec.RunSpec;
import org.distillgrid.jobs.spec.SpecReader;
import org.distillgrid.kd.eval.LoadedNetwork;
import org.distillgrid.kd.model.ModelTarget;
import org.distillgrid.kd.model.Network;
import org.distillgrid.kd.task.Task;
import org.distillgrid.kd.task.Tasks;
import org.distillgrid.kd.weights.Checkpoint;

/**
 * The student of a trial that finished, as the trial's row in the table {@code trials} tells of it.
 *
 * @param run the run folder
 * @param row the trial's row
 */
public record TrainedStudent(RunFolder run, Row row) {
  /** Returns the trial's id. */
  public String trialId() {
    return row.getAs("trial_id");
  }

  /** Returns the SHA-256 of its weights, hexadecimal. */
  public String weightHash() {
    return row.getAs("weight_hash");
  }

  /** Returns what it restores. */
  public Task task() {
    return Tasks.of(row.getAs("task"), row.<Integer>getAs("scale"));
  }

  /**
   * Returns the spec that the run was made with.
   *
   * @throws org.distillgrid.kd.error.GridException if it is not there or damaged
   */
  public RunSpec spec() {
    return SpecReader.effective(run.files().requiredText(run.spec()), run.spec().toString());
  }

  /** Returns the file of the student at its bits; empty where the run kept none. */
  public Optional<Path> packed() {
    return Optional.ofNullable(row.<String>getAs("packed_path")).map(run::at);
  }

  /**
   * Builds the student with its evaluated weights, quantisers included.
   *
   * @throws org.distillgrid.kd.error.GridException if they are not there or damaged
   */
  public LoadedNetwork open() {
    String path = row.getAs("weights_path");
    Checkpoint checkpoint = run.checkpoint(path);
    int channels = Network.imageChannels(checkpoint).orElseGet(() -> spec().data().channels());
    ModelTarget target = new ModelTarget(channels, row.getAs("scale"));
    return LoadedNetwork.open(row.getAs("student"), target, checkpoint, run.at(path).toString());
  }
}

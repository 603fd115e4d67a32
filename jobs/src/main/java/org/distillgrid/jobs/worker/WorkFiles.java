package org.distillgrid.jobs.worker;

import org.apache.hadoop.fs.Path;
import org.distillgrid.jobs.folder.RunFolder;
import org.distillgrid.kd.error.GridException;
import org.distillgrid.kd.weights.Checkpoint;
import org.distillgrid.kd.weights.file.Checkpoints;

/**
 * The weights that a task reads from a run folder.
 *
 * @param run the run folder
 */
record WorkFiles(RunFolder run) {
  /**
   * Returns a checkpoint.
   *
   * @param relative its path below the run folder
   * @throws GridException if it is not there or damaged
   */
  Checkpoint checkpoint(String relative) {
    Path path = new Path(run.root(), relative);
    byte[] content = run.files().required(path);
    return Checkpoints.read(content, path.toString());
  }
}

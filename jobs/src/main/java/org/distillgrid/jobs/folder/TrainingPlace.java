package org.distillgrid.jobs.folder;

import org.apache.hadoop.fs.Path;

/**
 * Where all attempts at one training lie.
 *
 * @param run the run folder
 * @param relative their folder below it
 */
public record TrainingPlace(RunFolder run, String relative) {
  /** Returns the folder, in which every attempt has one of its own. */
  public Path root() {
    return run.at(relative);
  }

  /** Returns the place of one attempt. */
  public AttemptPlace attempt(String id) {
    return new AttemptPlace(run, relative + "/" + id);
  }
}

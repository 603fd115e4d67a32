package org.distillgrid.jobs.folder;

import org.apache.hadoop.fs.Path;

/**
 * Where a network lies that all trials of a run share.
 *
 * @param run the run folder
 * @param folder its folder below that
 * @param name what the network is to the trials
 */
public record SharedPlace(RunFolder run, String folder, String name) {
  static final String WEIGHTS = "weights.safetensors";

  /** The place of a network whose folder is called after it. */
  SharedPlace(RunFolder run, String name) {
    this(run, name, name);
  }

  /** Returns the checkpoint, by its path below the run folder. */
  public String weights() {
    return folder + "/" + WEIGHTS;
  }

  /** Returns what says how the network came about; written last. */
  public Path state() {
    return run.at(folder + "/" + name + ".json");
  }

  /** Returns the place of the attempts at a training of it. */
  public TrainingPlace training(String id) {
    return new TrainingPlace(run, folder + "/attempts/" + id);
  }
}

package org.distillgrid.jobs.folder;

import org.apache.hadoop.fs.Path;

/**
 * Where a network lies that all trials of a run share.
 *
 * @param run the run folder
 * @param name what the network is to the trials; its folder is called so
 */
public record SharedPlace(RunFolder run, String name) {
  static final String WEIGHTS = "weights.safetensors";

  /** Returns the checkpoint, by its path below the run folder. */
  public String weights() {
    return name + "/" + WEIGHTS;
  }

  /** Returns what says how the network came about; written last. */
  public Path state() {
    return run.at(name + "/" + name + ".json");
  }

  /** Returns the place of the attempts at a training of it. */
  public TrainingPlace training(String id) {
    return new TrainingPlace(run, name + "/attempts/" + id);
  }
}

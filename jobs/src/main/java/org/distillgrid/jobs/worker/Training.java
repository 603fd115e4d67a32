package org.distillgrid.jobs.worker;

import org.distillgrid.jobs.folder.RunFolder;
import org.distillgrid.jobs.folder.TrainingPlace;

/** One training of an order, and where the attempts at it lie. */
public interface Training {
  /** Returns its id, a hash of everything that decides what it leaves. */
  String id();

  /** Returns the folder of all attempts at it, below the run folder. */
  String folder();

  /** Returns the updates that it is given; 0 when a network is only calibrated. */
  long steps();

  /** Returns the place of all attempts at it. */
  default TrainingPlace place(RunFolder run) {
    return run.training(folder());
  }

  /** Returns the folder of one attempt. */
  default AttemptFolder attempt(RunFolder run, String attempt) {
    return new AttemptFolder(place(run), attempt);
  }
}

package org.distillgrid.jobs.fleet;

import org.distillgrid.jobs.journal.TrialResult;
import org.distillgrid.jobs.worker.Training;

/** Is told how the trainings of a stage fare; all calls come from the one waiting thread. */
public interface FleetStage {
  /** What a fleet does after a training has ended. */
  enum Next {
    /** The others are waited for. */
    GO_ON,
    /** All others are stopped, to be resumed by a later run. */
    STOP
  }

  /** Returns how the progress line calls it, for instance {@code trials}. */
  String name();

  /** Returns how many trainings earlier runs have finished. */
  int doneBefore();

  /** A device has begun to work on a training. */
  void started(Training training, String attempt);

  /** A training has ended; called once for each. */
  Next ended(Training training, TrialResult result);
}

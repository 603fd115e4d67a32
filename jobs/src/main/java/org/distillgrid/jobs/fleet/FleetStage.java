package org.distillgrid.jobs.fleet;

import java.util.List;
import org.distillgrid.jobs.journal.TrialResult;
import org.distillgrid.jobs.worker.Training;
import org.distillgrid.jobs.worker.TrainingOrder;

/**
 * Trainings of one kind: it makes their orders and is told how they fare. All calls come from the
 * one waiting thread.
 */
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

  /**
   * Returns the order to train some items together, now that their needs are met.
   *
   * @param items their ids on the agenda; the order's trainings are in the same order
   */
  TrainingOrder order(List<String> items);

  /** A device has begun to work on a training. */
  void started(Training training, String attempt);

  /** A training has ended; called once for each. */
  Next ended(Training training, TrialResult result);

  /**
   * An item is never going to be trained, as what it needs has failed.
   *
   * @param item its id on the agenda
   * @param error why that failed
   */
  void dropped(String item, String error);
}

package org.distillgrid.jobs.worker;

import java.util.List;
import org.distillgrid.jobs.journal.TrialResult;

/**
 * An order to train, which leaves the result of every training that has ended. Results and states
 * to resume from lie in the folders of attempts as well: an executor may be lost.
 */
public interface TrainingOrder extends Order<List<TrialResult>> {
  /** Returns the beginning of the ids of its attempts; Spark's own retries add to it. */
  String attempt();

  /** Returns what is trained, side by side. */
  List<? extends Training> trainings();

  /** Returns an order for only one of its trainings, under a fresh beginning of attempt ids. */
  TrainingOrder alone(Training training, String freshAttempt);

  /** Returns the result of a training that no device has lived to report. */
  TrialResult neverRun(String id, String error);

  @Override
  default String key() {
    return attempt();
  }
}

package org.distillgrid.kd.train;

import org.distillgrid.kd.weights.Checkpoint;

/** Is told how a cohort's training goes; calls come from the training thread. */
public interface CohortListener {
  /**
   * A step of the whole cohort has ended.
   *
   * @param step updates made so far
   * @param steps updates in all
   */
  void stepEnded(long step, long steps);

  /**
   * A trial can be resumed from here; whoever keeps it makes it durable before returning.
   *
   * @param state everything that the rest of the trial depends on
   */
  void checkpoint(String trialId, long step, Checkpoint state);

  /** A trial has ended well; its result is durable when this returns. */
  void finished(TrainedTrial trial);

  /** A trial has failed; the others of the cohort go on. */
  void failed(String trialId, long step, Exception failure);
}

package org.distillgrid.kd.train;

import org.distillgrid.kd.distill.PatchMaps;
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

  /**
   * A trial whose method weights pixels has had all its updates; {@link #finished} follows.
   *
   * @param number of the validation patch, from 0; the same patch for every trial of the cohort
   * @param maps where the method distils in that patch
   */
  default void pictured(String trialId, int number, PatchMaps maps) {}

  /**
   * A trial whose method weights pixels is under way: about at each quarter of its updates, at a
   * validation.
   *
   * @param step updates made
   * @param maps where the method distils by now, in the first of the patches of {@link #pictured}
   */
  default void picturedUnderWay(String trialId, long step, PatchMaps maps) {}

  /** A trial has ended well; its result is durable when this returns. */
  void finished(TrainedTrial trial);

  /** A trial has failed; the others of the cohort go on. */
  void failed(String trialId, long step, Exception failure);
}

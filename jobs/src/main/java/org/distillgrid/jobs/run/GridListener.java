package org.distillgrid.jobs.run;

import org.distillgrid.jobs.fleet.ProgressLine;
import org.distillgrid.jobs.plan.Trial;

/**
 * Is told how a grid fares; all calls come from the thread that runs it. Whoever only wants to read
 * along gives a method that takes lines, {@code System.out::println} for instance.
 */
@FunctionalInterface
public interface GridListener {
  /** Takes a line for the person who waits. */
  void line(String line);

  /** A stage has begun: that of training with the first student or trial, see {@link GridStage}. */
  default void stageStarted(GridStage stage) {}

  /** A stage has ended well. */
  default void stageEnded(GridStage stage) {}

  /**
   * A device has begun to work on a trial; one whose executor is lost begins again.
   *
   * @param id the trial's id
   */
  default void trialStarted(Trial trial, String id) {}

  /** A trial has ended in this run, and the journal says so. */
  default void trialEnded(TrialOutcome outcome) {}

  /** The work has come so far; called about once a second. */
  default void progressed(ProgressLine progress) {}

  /** No more progress is to come. */
  default void progressEnded() {}
}

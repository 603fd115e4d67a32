package org.distillgrid.jobs.journal;

import java.io.Serializable;
import java.util.function.Function;
import org.distillgrid.jobs.folder.RunFolder;

/**
 * How a trial that has ended stands, as far as a driver keeps it in mind. A run may have many
 * thousands of them, so scores and curves stay in the file until somebody reads them.
 */
public sealed interface Standing extends Serializable permits FinishedTrial, FailedResult {
  /** Returns the trial's id. */
  String trialId();

  /** Returns the attempt's id. */
  String attempt();

  /** Returns what one of two functions makes of it: that of finished or that of failed trials. */
  <T> T match(Function<FinishedTrial, T> finished, Function<FailedResult, T> failed);

  /**
   * Returns the whole result, read from the run folder where it is not in mind.
   *
   * @throws org.distillgrid.kd.error.GridException if its file is gone or damaged
   */
  TrialResult result(RunFolder run);
}

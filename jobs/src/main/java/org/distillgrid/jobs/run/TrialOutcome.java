package org.distillgrid.jobs.run;

import org.distillgrid.jobs.folder.RunFolder;
import org.distillgrid.jobs.journal.FailedResult;
import org.distillgrid.jobs.journal.Standing;
import org.distillgrid.jobs.journal.TrialResult;
import org.distillgrid.jobs.plan.Trial;

/**
 * A trial that has ended, in this run or an earlier one. Scores and curve of a trial that has
 * finished are read from the run folder whenever they are asked for.
 */
public final class TrialOutcome {
  private final Trial trial;
  private final Standing standing;
  private final RunFolder run;

  TrialOutcome(Trial trial, Standing standing, RunFolder run) {
    this.trial = trial;
    this.standing = standing;
    this.run = run;
  }

  /** Returns which student at how many bits, taught by which method. */
  public Trial trial() {
    return trial;
  }

  /** Returns whether it has ended without usable numbers. */
  public boolean isFailed() {
    return standing instanceof FailedResult;
  }

  /**
   * Returns the result that counts.
   *
   * @throws org.distillgrid.kd.error.GridException if its file is gone
   */
  public TrialResult result() {
    return standing.result(run);
  }

  Standing standing() {
    return standing;
  }
}

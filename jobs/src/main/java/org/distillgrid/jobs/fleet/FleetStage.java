package org.distillgrid.jobs.fleet;

import org.distillgrid.jobs.journal.TrialResult;
import org.distillgrid.jobs.worker.CohortMember;

/** Is told how the members of a stage fare; all calls come from the driver's one waiting thread. */
public interface FleetStage {
  /** What a fleet does after a member has ended. */
  enum Next {
    /** The others are waited for. */
    GO_ON,
    /** All others are stopped, to be resumed by a later run. */
    STOP
  }

  /** Returns how the progress line calls it, for instance {@code trials}. */
  String name();

  /** Returns how many members earlier runs have finished. */
  int doneBefore();

  /** A device has begun to work on a member. */
  void started(CohortMember member, String attempt);

  /** A member has ended; called once for each. */
  Next ended(CohortMember member, TrialResult result);
}

package org.distillgrid.jobs.journal;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** What an event of the journal says. */
public enum EventKind {
  /** A driver has begun to work on the run. */
  RUN_STARTED,
  /** A stage before the trials has ended well; the subject is its name. */
  STAGE_FINISHED,
  /** An attempt at a trial has been handed to the cluster. */
  TRIAL_STARTED,
  /** An attempt at a trial has left a complete result. */
  TRIAL_FINISHED,
  /** An attempt at a trial has ended without usable numbers; the detail is the error. */
  TRIAL_FAILED,
  /** The driver has nothing left to do. */
  RUN_FINISHED;

  /** Returns the spelling of file names and of JSON, for instance {@code trial-finished}. */
  @JsonValue
  public String text() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}

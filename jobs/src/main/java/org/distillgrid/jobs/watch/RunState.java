package org.distillgrid.jobs.watch;

import java.util.Locale;

/** What a run is doing. */
public enum RunState {
  /** A driver is at work on it. */
  RUNNING,
  /** The last driver had nothing left to do. */
  FINISHED,
  /** The last driver ended, or was killed, before all was done: the same command goes on. */
  STOPPED,
  /** No driver has begun with it. */
  NEW;

  /** Returns its spelling in a table. */
  public String text() {
    return name().toLowerCase(Locale.ROOT);
  }
}

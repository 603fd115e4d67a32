package org.distillgrid.jobs.run;

import java.util.Map;
import org.distillgrid.jobs.journal.TrialResult;

/** Is told how a grid fares. */
public interface GridObserver {
  /** Takes a line for the person who waits. */
  void note(String line);

  /**
   * A trial has ended, and the journal says so.
   *
   * @param results the result that counts of every trial that has one, by trial id
   */
  void changed(Map<String, TrialResult> results);
}

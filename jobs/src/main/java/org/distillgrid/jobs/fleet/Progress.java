package org.distillgrid.jobs.fleet;

/** Is told how far a run has come, about once a second. */
public interface Progress {
  /** The work has come so far. */
  void show(ProgressLine line);

  /** No more is to come. */
  void end();
}

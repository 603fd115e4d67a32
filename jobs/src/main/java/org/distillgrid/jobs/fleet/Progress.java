package org.distillgrid.jobs.fleet;

/** Is told how far a stage has come, about once a second. */
public interface Progress {
  /** A stage has come so far. */
  void show(ProgressLine line);

  /** No more is to come of this stage. */
  void end();
}

package org.distillgrid.jobs.fleet;

import java.util.concurrent.ExecutionException;

/**
 * An order that has been handed over.
 *
 * @param <T> what is left of it
 */
interface Submission<T> {
  /** Returns whether a slot was free for it. */
  boolean hasBegun();

  /** Returns whether it has ended, one way or another. */
  boolean isDone();

  /**
   * Waits for its end and returns what is left of it.
   *
   * @throws ExecutionException if it was given up, for instance because its executor was lost
   */
  T result() throws ExecutionException;

  /** Stops it, or keeps it from beginning. */
  void cancel();
}

package org.distillgrid.jobs.fleet;

import org.distillgrid.jobs.worker.Order;

/**
 * What carries orders out, no more at once than it has slots; a fleet needs to know nothing else of
 * Spark.
 */
interface Submitter extends AutoCloseable {
  /** Returns how many orders can be carried out at once, at least 1. */
  int slots();

  /** Hands an order over, which is carried out as soon as a slot is free for it. */
  <T> Submission<T> submit(Order<T> order);

  /** Returns whether it has been stopped from outside, which is no fault of any order. */
  boolean isStopped();

  /** Lets some time pass between two looks at what is under way. */
  void pause();

  /** Lets go of everything; nothing is handed over afterwards. */
  @Override
  void close();
}

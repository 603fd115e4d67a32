package org.distillgrid.jobs.fleet;

import java.util.function.Supplier;
import org.apache.spark.api.java.JavaRDD;
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

  /** Returns a dataset whose tasks each occupy one slot. */
  <T> JavaRDD<T> occupy(JavaRDD<T> tasks);

  /** Returns whether work beside the slots leaves those that train a process of their own. */
  boolean hasRoomBeside();

  /**
   * Does some work of the driver on a thread of its own.
   *
   * @param name what it is, as the cluster's pages show it
   */
  <T> Submission<T> beside(String name, Supplier<T> work);

  /** Returns whether it has been stopped from outside, which is no fault of any order. */
  boolean isStopped();

  /** Lets some time pass, or something end, between two looks at what is under way. */
  void pause();

  /** Lets go of everything; nothing is handed over afterwards. */
  @Override
  void close();
}

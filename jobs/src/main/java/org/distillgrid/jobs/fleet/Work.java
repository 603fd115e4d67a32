package org.distillgrid.jobs.fleet;

import java.util.function.Consumer;
import java.util.function.Supplier;
import org.distillgrid.jobs.worker.Order;

/** How an item of an agenda is done once its needs are met. */
public sealed interface Work {
  /** Returns what the progress line calls it and its like, for instance {@code trials}. */
  String stage();

  /**
   * A training, alone or in an order with others of its company.
   *
   * @param trained makes the order and is told what becomes of it
   * @param steps updates that it is given
   */
  record Trained(FleetStage trained, long steps) implements Work {
    @Override
    public String stage() {
      return trained.name();
    }
  }

  /**
   * An order that leaves an answer. If it fails, so does the run.
   *
   * @param order makes the order
   * @param answered takes the answer
   */
  record Answered<T>(String stage, Supplier<? extends Order<T>> order, Consumer<T> answered)
      implements Work {}

  /**
   * What the driver does on a thread of its own, for instance a Spark job over a data set. If it
   * fails, so does the run.
   *
   * @param began is called before, on the thread that runs the fleet
   * @param work is called on a thread of its own
   * @param done takes what the work has returned, on the thread that runs the fleet
   */
  record Beside<T>(String stage, Runnable began, Supplier<T> work, Consumer<T> done)
      implements Work {}
}

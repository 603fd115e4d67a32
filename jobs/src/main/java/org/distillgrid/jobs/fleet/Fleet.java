package org.distillgrid.jobs.fleet;

import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.function.Consumer;
import org.apache.spark.api.java.JavaSparkContext;
import org.distillgrid.jobs.cluster.Slots;
import org.distillgrid.jobs.folder.Messages;
import org.distillgrid.jobs.folder.RunFolder;
import org.distillgrid.jobs.worker.Order;
import org.distillgrid.jobs.worker.TrainingOrder;
import org.distillgrid.kd.error.ErrorCode;
import org.distillgrid.kd.error.GridException;

/**
 * Has orders carried out on the slots of a cluster, no more at once than there are slots. Trainings
 * are brought home one by one, while their companions still train.
 */
public final class Fleet implements AutoCloseable {
  private final Submitter submitter;
  private final Watch watch;
  private final Progress progress;

  Fleet(Submitter submitter, Watch watch, Progress progress) {
    this.submitter = submitter;
    this.watch = watch;
    this.progress = progress;
  }

  /** Returns a fleet on the slots of a Spark application. */
  public static Fleet of(JavaSparkContext spark, Slots slots, RunFolder run, Progress progress) {
    return new Fleet(new SparkSubmitter(spark, slots), new FolderWatch(run), progress);
  }

  /** Returns a fresh beginning for the ids of attempts; later ones sort after earlier ones. */
  public static String freshAttempt() {
    String random = UUID.randomUUID().toString().substring(0, 6);
    return String.format("%012x-%s", System.currentTimeMillis(), random);
  }

  /** Returns how many orders can be carried out at once. */
  public int slots() {
    return submitter.slots();
  }

  /**
   * Trains all members of the orders, and returns when each has ended or the stage has said stop.
   *
   * @throws GridException whatever the stage throws; everything under way is stopped before
   */
  public void run(List<? extends TrainingOrder> orders, FleetStage stage) {
    if (!orders.isEmpty()) {
      new FleetRun(submitter, watch, stage).run(orders, progress);
    }
  }

  /**
   * Has one order carried out and waits for it.
   *
   * @throws GridException whatever the order throws
   */
  public <T> T await(Order<T> order) {
    Submission<T> submission = submitter.submit(order);
    try {
      return result(order, submission);
    } finally {
      submission.cancel();
    }
  }

  /**
   * Has orders carried out and waits for all; when one fails, the others are stopped.
   *
   * @param name how the progress line calls them
   * @param done takes what is left of each, on this thread, as soon as it is there
   * @throws GridException whatever an order throws
   */
  public <T> void awaitAll(List<? extends Order<T>> orders, String name, Consumer<T> done) {
    OrderWait<T> waiting = new OrderWait<>(submitter, name);
    try {
      waiting.begin(orders);
      while (waiting.isOpen()) {
        for (Map.Entry<Order<T>, Submission<T>> ended : waiting.ended()) {
          done.accept(result(ended.getKey(), ended.getValue()));
        }
        progress.show(waiting.line());
      }
    } finally {
      waiting.cancel();
      progress.end();
    }
  }

  private static <T> T result(Order<T> order, Submission<T> submission) {
    try {
      return submission.result();
    } catch (ExecutionException e) {
      throw known(order, e.getCause());
    }
  }

  /** Lets go of the slots. */
  @Override
  public void close() {
    submitter.close();
  }

  // Spark wraps what a task throws, on a cluster even as text; the first of ours is the reason.
  private static GridException known(Order<?> order, Throwable failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof GridException known) {
        return known;
      }
    }
    return GridException.of(
        failure, ErrorCode.CLUSTER, "Cannot %s: %s", order.purpose(), Messages.firstLine(failure));
  }
}

package org.distillgrid.jobs.fleet;

import java.time.InstantSource;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.distillgrid.jobs.cluster.Slots;
import org.distillgrid.jobs.folder.RunFolder;
import org.distillgrid.jobs.worker.Order;
import org.distillgrid.kd.error.GridException;

/**
 * Has orders carried out on the slots of a cluster, no more at once than there are slots. Trainings
 * are brought home one by one, while their companions still train.
 */
public final class Fleet implements AutoCloseable {
  private final Submitter submitter;
  private final Watch watch;
  private final Progress progress;
  private final InstantSource clock;

  Fleet(Submitter submitter, Watch watch, Progress progress, InstantSource clock) {
    this.submitter = submitter;
    this.watch = watch;
    this.progress = progress;
    this.clock = clock;
  }

  /** Returns a fleet on the slots of a Spark application. */
  public static Fleet of(JavaSparkContext spark, Slots slots, RunFolder run, Progress progress) {
    return new Fleet(
        new SparkSubmitter(spark, slots), new FolderWatch(run), progress, InstantSource.system());
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

  /** Returns a dataset whose tasks each occupy one slot, with no training beside them. */
  public <T> JavaRDD<T> occupy(JavaRDD<T> tasks) {
    return submitter.occupy(tasks);
  }

  /**
   * Returns an empty workload for these slots.
   *
   * @param largest the most trainings that one order may have; 0 for no bound
   */
  public Workload workload(int largest) {
    return new Workload(slots(), largest);
  }

  /**
   * Does all that there is to do, each item as soon as its needs are met and a slot is free, and
   * returns when all of it is over or a stage has said stop.
   *
   * @throws GridException whatever a stage throws, or an order that is no training; everything
   *     under way is stopped before, and what has ended by then is brought home
   */
  public void run(Workload work) {
    run(work, () -> {});
  }

  /**
   * Does all that there is to do, as {@link #run(Workload)} does.
   *
   * @param looked is called after every look at what is under way, about once a second
   */
  public void run(Workload work, Runnable looked) {
    if (!work.isOver()) {
      new FleetRun(submitter, watch, work, clock).run(progress, looked);
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
      return submission.result();
    } catch (ExecutionException e) {
      throw Errand.known(order.purpose(), e.getCause());
    } finally {
      submission.cancel();
    }
  }

  /** Lets go of the slots. */
  @Override
  public void close() {
    submitter.close();
  }
}

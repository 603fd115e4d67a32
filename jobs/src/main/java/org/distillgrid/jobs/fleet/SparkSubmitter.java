package org.distillgrid.jobs.fleet;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.FutureTask;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.distillgrid.jobs.cluster.Slots;
import org.distillgrid.jobs.cluster.SparkSessions;
import org.distillgrid.jobs.worker.Order;
import org.distillgrid.kd.error.ErrorCode;
import org.distillgrid.kd.error.GridException;

/** Carries each order out as a small Spark job of its own, which a thread of the driver awaits. */
final class SparkSubmitter implements Submitter {
  private static final Duration PAUSE = Duration.ofSeconds(1);

  /** What a pause waits for the end of, which is told only when it is seen to be done. */
  private final class Awaited<T> extends FutureTask<T> {
    Awaited(Callable<T> work) {
      super(work);
    }

    @Override
    protected void done() {
      ended.release();
    }
  }

  private final JavaSparkContext spark;
  private final Slots slots;
  private final ExecutorService drivers;
  private final ExecutorService besides = Executors.newCachedThreadPool();
  private final Semaphore ended = new Semaphore(0);

  SparkSubmitter(JavaSparkContext spark, Slots slots) {
    this.spark = spark;
    this.slots = slots;
    this.drivers = Executors.newFixedThreadPool(slots.count());
  }

  @Override
  public int slots() {
    return slots.count();
  }

  @Override
  public <T> Submission<T> submit(Order<T> order) {
    return submitted(drivers, order.key(), () -> carryOut(order));
  }

  @Override
  public <T> JavaRDD<T> occupy(JavaRDD<T> tasks) {
    return slots.occupy(tasks);
  }

  // A local master has one process, and a training wants it for itself.
  @Override
  public boolean hasRoomBeside() {
    return !spark.isLocal();
  }

  @Override
  public <T> Submission<T> beside(String name, Supplier<T> work) {
    String group = "beside " + name;
    return submitted(
        besides,
        group,
        () -> {
          spark.setJobGroup(group, name, false);
          return work.get();
        });
  }

  @Override
  public boolean isStopped() {
    return spark.sc().isStopped();
  }

  @Override
  public void pause() {
    try {
      if (ended.tryAcquire(PAUSE.toMillis(), TimeUnit.MILLISECONDS)) {
        ended.drainPermits();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw GridException.of(e, ErrorCode.CLUSTER, "Cannot go on: interrupted");
    }
  }

  @Override
  public void close() {
    drivers.shutdownNow();
    besides.shutdownNow();
  }

  private <T> Submission<T> submitted(Executor threads, String group, Supplier<T> work) {
    AtomicBoolean begun = new AtomicBoolean();
    Awaited<T> task =
        new Awaited<>(
            () -> {
              begun.set(true);
              return work.get();
            });
    threads.execute(task);
    return new SparkSubmission<>(spark, group, begun, task);
  }

  private <T> T carryOut(Order<T> order) {
    spark.setLocalProperty(SparkSessions.POOL_PROPERTY, SparkSessions.TRIAL_POOL);
    spark.setJobGroup(order.key(), order.purpose(), false);
    return occupy(spark.parallelize(List.of(order), 1)).map(Order::carryOut).collect().get(0);
  }
}

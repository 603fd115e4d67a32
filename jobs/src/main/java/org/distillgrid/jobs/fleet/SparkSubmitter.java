package org.distillgrid.jobs.fleet;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.spark.api.java.JavaSparkContext;
import org.distillgrid.jobs.cluster.Slots;
import org.distillgrid.jobs.cluster.SparkSessions;
import org.distillgrid.jobs.worker.Order;
import org.distillgrid.kd.error.ErrorCode;
import org.distillgrid.kd.error.GridException;

/** Carries each order out as a small Spark job of its own, which a thread of the driver awaits. */
final class SparkSubmitter implements Submitter {
  private static final Duration PAUSE = Duration.ofSeconds(1);

  private final JavaSparkContext spark;
  private final Slots slots;
  private final ExecutorService drivers;

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
    AtomicBoolean begun = new AtomicBoolean();
    return new SparkSubmission<>(
        spark, order.key(), begun, drivers.submit(() -> carryOut(order, begun)));
  }

  @Override
  public boolean isStopped() {
    return spark.sc().isStopped();
  }

  @Override
  public void pause() {
    try {
      Thread.sleep(PAUSE.toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw GridException.of(e, ErrorCode.CLUSTER, "Cannot go on: interrupted");
    }
  }

  @Override
  public void close() {
    drivers.shutdownNow();
  }

  private <T> T carryOut(Order<T> order, AtomicBoolean begun) {
    begun.set(true);
    spark.setLocalProperty(SparkSessions.POOL_PROPERTY, SparkSessions.TRIAL_POOL);
    spark.setJobGroup(order.key(), order.purpose(), false);
    return slots.occupy(spark.parallelize(List.of(order), 1)).map(Order::carryOut).collect().get(0);
  }
}

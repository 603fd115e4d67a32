package org.distillgrid.jobs.cluster;

import java.time.Duration;
import java.util.Optional;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.util.ShutdownHookManager;
import scala.runtime.BoxedUnit;

/** A session, and the executors that were started for it on this machine; they end together. */
public final class OpenSession implements AutoCloseable {
  // Spark's own hooks, of 100 and less, would kill executors whose session still wants new ones.
  private static final int BEFORE_SPARKS = 200;

  // Spark complains, with stacks, where it ends while executors are just being launched.
  private static final Duration LAUNCH = Duration.ofSeconds(10);

  private final SparkSession spark;
  private final Optional<LocalWorkers> workers;
  private final Object hook;
  private final long opened = System.nanoTime();

  OpenSession(SparkSession spark, Optional<LocalWorkers> workers) {
    this.spark = spark;
    this.workers = workers;
    this.hook =
        ShutdownHookManager.addShutdownHook(
            BEFORE_SPARKS,
            () -> {
              end();
              return BoxedUnit.UNIT;
            });
  }

  /** Returns the session. */
  public SparkSession spark() {
    return spark;
  }

  @Override
  public void close() {
    try {
      awaitLaunch();
    } finally {
      end();
      ShutdownHookManager.removeShutdownHook(hook);
    }
  }

  private void awaitLaunch() {
    if (workers.isPresent() && !spark.sparkContext().isStopped()) {
      Duration left = LAUNCH.minusNanos(System.nanoTime() - opened);
      DeviceSlots.awaitExecutors(spark.sparkContext(), left);
    }
  }

  private void end() {
    if (workers.isPresent()) {
      // Nobody can do anything about what an executor still had to say.
      spark.sparkContext().setLogLevel("ERROR");
    }
    spark.stop();
    workers.ifPresent(LocalWorkers::close);
  }
}

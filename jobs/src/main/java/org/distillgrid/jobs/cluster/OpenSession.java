package org.distillgrid.jobs.cluster;

import java.util.Optional;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.util.ShutdownHookManager;
import scala.runtime.BoxedUnit;

/** A session, and the executors that were started for it on this machine; they end together. */
public final class OpenSession implements AutoCloseable {
  // Spark's own hooks, of 100 and less, would kill executors whose session still wants new ones.
  private static final int BEFORE_SPARKS = 200;

  private final SparkSession spark;
  private final Optional<LocalWorkers> workers;
  private final Object hook;

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
    end();
    ShutdownHookManager.removeShutdownHook(hook);
  }

  private void end() {
    spark.stop();
    workers.ifPresent(LocalWorkers::close);
  }
}

package org.distillgrid.jobs.cluster;

import java.util.Optional;
import org.apache.spark.sql.SparkSession;

/** A session, and the executors that were started for it on this machine; they end together. */
public final class OpenSession implements AutoCloseable {
  private final SparkSession spark;
  private final Optional<LocalWorkers> workers;

  OpenSession(SparkSession spark, Optional<LocalWorkers> workers) {
    this.spark = spark;
    this.workers = workers;
  }

  /** Returns the session. */
  public SparkSession spark() {
    return spark;
  }

  @Override
  public void close() {
    spark.stop();
    workers.ifPresent(LocalWorkers::close);
  }
}

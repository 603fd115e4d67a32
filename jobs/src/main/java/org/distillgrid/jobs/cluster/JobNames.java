package org.distillgrid.jobs.cluster;

import java.util.function.Supplier;
import org.apache.spark.SparkContext;
import org.apache.spark.sql.SparkSession;

/**
 * Names Spark jobs after the work that they do, for instance {@code prepare: cut patches}: what
 * Spark's own pages and its event logs call a job and its stages.
 *
 * @param spark whose jobs are named
 */
public record JobNames(SparkContext spark) {
  /** The property of a thread by which Spark describes the jobs that the thread starts. */
  public static final String PROPERTY = "spark.job.description";

  /** Names the jobs of a session. */
  public static JobNames of(SparkSession session) {
    return new JobNames(session.sparkContext());
  }

  /** Does some work, whose jobs are called so; what the thread does later keeps its own name. */
  public <T> T within(String name, Supplier<T> work) {
    String before = spark.getLocalProperty(PROPERTY);
    spark.setJobDescription(name);
    try {
      return work.get();
    } finally {
      spark.setJobDescription(before);
    }
  }

  /** Does some work that returns nothing, likewise. */
  public void during(String name, Runnable work) {
    within(
        name,
        () -> {
          work.run();
          return true;
        });
  }
}

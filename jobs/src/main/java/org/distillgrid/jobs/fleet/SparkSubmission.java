package org.distillgrid.jobs.fleet;

import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.spark.api.java.JavaSparkContext;
import org.distillgrid.kd.error.ErrorCode;
import org.distillgrid.kd.error.GridException;

/**
 * A Spark job and the thread that awaits it.
 *
 * @param group the group by which Spark knows the job
 * @param begun set by the thread when it is free for the job
 */
record SparkSubmission<T>(
    JavaSparkContext spark, String group, AtomicBoolean begun, Future<T> future)
    implements Submission<T> {

  @Override
  public boolean hasBegun() {
    return begun.get();
  }

  @Override
  public boolean isDone() {
    return future.isDone();
  }

  @Override
  public T result() throws ExecutionException {
    try {
      return future.get();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw GridException.of(e, ErrorCode.CLUSTER, "Cannot go on: interrupted");
    }
  }

  @Override
  public void cancel() {
    // The thread goes on waiting until the job has ended, or the submitter is closed.
    boolean wasOpen = future.cancel(false);
    if (wasOpen && hasBegun() && !spark.sc().isStopped()) {
      spark.cancelJobGroup(group);
    }
  }
}

package org.distillgrid.jobs;

import java.io.IOException;
import java.time.Duration;
import org.apache.spark.sql.SparkSession;
import org.distillgrid.jobs.cluster.DeviceSlots;
import org.distillgrid.jobs.cluster.SparkSessions;
import org.distillgrid.kd.error.GridException;

/** Waits for executors that no worker can give. */
public final class NoExecutorApplication {
  private NoExecutorApplication() {}

  public static void main(String[] arguments) throws IOException {
    int status = 0;
    try (SparkSession session = SparkSessions.open("no executor")) {
      System.out.println(DeviceSlots.await(session, Duration.ofSeconds(5)));
    } catch (GridException e) {
      System.out.println(e.getMessage());
      status = e.code().exitStatus();
    }
    System.exit(status);
  }
}

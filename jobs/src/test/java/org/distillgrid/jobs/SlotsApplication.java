package org.distillgrid.jobs;

import ai.djl.engine.Engine;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.apache.spark.TaskContext;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.SparkSession;
import org.distillgrid.jobs.cluster.AssignedDevice;
import org.distillgrid.jobs.cluster.DeviceSlots;
import org.distillgrid.jobs.cluster.Slots;
import org.distillgrid.jobs.cluster.SparkSessions;

/** Occupies every slot of a cluster once and prints who ran where. */
public final class SlotsApplication {
  private SlotsApplication() {}

  public static void main(String[] arguments) throws Exception {
    try (SparkSession session = SparkSessions.open("slots")) {
      Slots slots = DeviceSlots.await(session, Duration.ofSeconds(90));
      System.out.println("slots " + slots.count());
      JavaSparkContext context = new JavaSparkContext(session.sparkContext());
      context.setLocalProperty(SparkSessions.POOL_PROPERTY, SparkSessions.TRIAL_POOL);
      List<? extends Future<List<String>>> jobs =
          IntStream.range(0, slots.count())
              .mapToObj(job -> slots.occupy(context.parallelize(List.of(job), 1)))
              .map(tasks -> tasks.map(SlotsApplication::describe).collectAsync())
              .toList();
      for (Future<List<String>> job : jobs) {
        job.get().forEach(System.out::println);
      }
    }
  }

  /** Takes long enough that the other tasks cannot run in the same slot first. */
  private static String describe(int job) throws InterruptedException {
    Thread.sleep(5000);
    return String.join(
        " ",
        "job",
        AssignedDevice.ofTask().slot(),
        "cpus=" + TaskContext.get().cpus(),
        "pytorch=" + Engine.getEngine("PyTorch").getVersion(),
        "arenas=" + System.getenv("MALLOC_ARENA_MAX"));
  }
}

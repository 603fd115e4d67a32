package org.distillgrid.jobs.cluster;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.apache.spark.SparkConf;
import org.apache.spark.SparkContext;
import org.apache.spark.resource.ResourceProfile;
import org.apache.spark.resource.ResourceProfileBuilder;
import org.apache.spark.resource.TaskResourceRequests;
import org.apache.spark.sql.SparkSession;
import org.distillgrid.kd.error.ErrorCode;
import org.distillgrid.kd.error.GridException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Counts the device slots of a cluster once its executors have registered. */
public final class DeviceSlots {
  private static final Logger LOGGER = LoggerFactory.getLogger(DeviceSlots.class);
  private static final Duration POLL = Duration.ofMillis(100);

  /** With no number to wait for, the cluster is complete when none has come for so long. */
  private static final Duration SETTLE = Duration.ofSeconds(3);

  private DeviceSlots() {}

  /**
   * Waits for the executors and returns their slots. Waits for as many as the configuration asks
   * for, or until no more come; a local master is one slot at once.
   *
   * @param session the session whose executors are counted
   * @param deadline how long to wait for the first executor
   */
  public static Slots await(SparkSession session, Duration deadline) {
    SparkContext context = session.sparkContext();
    if (context.isLocal()) {
      return new Slots(1, Optional.empty());
    }
    List<Executor> executors = awaitExecutors(context, deadline);
    if (executors.isEmpty()) {
      throw GridException.of(
          ErrorCode.CLUSTER,
          "Cannot start: no executor after %d s (master %s, %s); see that its workers are alive,"
              + " have that much free, and that their discovery script prints gpu addresses",
          deadline.toSeconds(),
          context.master(),
          asked(context.getConf()));
    }
    return of(executors);
  }

  /** Returns the slots of the given executors, each occupied by one task. */
  static Slots of(List<Executor> executors) {
    int cores = occupyingCores(executors);
    List<Executor> usable = executors.stream().filter(e -> e.cores() >= cores).toList();
    boolean gpus = usable.stream().noneMatch(executor -> executor.gpus().isEmpty());
    TaskResourceRequests requests = new TaskResourceRequests().cpus(cores);
    if (gpus) {
      requests = requests.resource(Executor.GPU, 1.0);
    }
    warnOfIdle(executors, usable, cores);
    ResourceProfile profile = new ResourceProfileBuilder().require(requests).build();
    return new Slots(usable.size(), Optional.of(profile));
  }

  /** The fewest cores of which no executor has room for two; what is left serves short tasks. */
  private static int occupyingCores(List<Executor> executors) {
    return executors.stream().mapToInt(Executor::cores).max().orElseThrow() / 2 + 1;
  }

  private static void warnOfIdle(List<Executor> executors, List<Executor> usable, int cores) {
    if (usable.size() < executors.size()) {
      LOGGER.warn(
          "{} of {} executors stay idle: they have fewer than {} cores; set spark.executor.cores",
          executors.size() - usable.size(),
          executors.size(),
          cores);
    }
    int spare = usable.stream().mapToInt(executor -> Math.max(0, executor.gpus().size() - 1)).sum();
    if (spare > 0) {
      LOGGER.warn(
          "{} GPUs stay idle: an executor trains on one; set spark.executor.resource.gpu.amount=1",
          spare);
    }
  }

  /** Waits for as many executors as the configuration asks for, and returns those that came. */
  static List<Executor> awaitExecutors(SparkContext context, Duration deadline) {
    int expected = expected(context.getConf());
    long start = System.nanoTime();
    long lastChange = start;
    List<Executor> executors = Executor.registered(context);
    while (System.nanoTime() - start < deadline.toNanos() && executors.size() < expected) {
      boolean settled = System.nanoTime() - lastChange >= SETTLE.toNanos();
      if (expected == Integer.MAX_VALUE && settled && !executors.isEmpty()) {
        break;
      }
      pause();
      List<Executor> now = Executor.registered(context);
      if (now.size() != executors.size()) {
        lastChange = System.nanoTime();
      }
      executors = now;
    }
    if (expected != Integer.MAX_VALUE && !executors.isEmpty() && executors.size() < expected) {
      LOGGER.warn("Going on with {} of {} executors", executors.size(), expected);
    }
    return executors;
  }

  /** How many executors the configuration asks for; the largest integer where it does not say. */
  private static int expected(SparkConf configuration) {
    if (configuration.contains("spark.executor.instances")) {
      return configuration.getInt("spark.executor.instances", 1);
    }
    if (configuration.contains("spark.cores.max")
        && configuration.contains("spark.executor.cores")) {
      int cores = Math.max(1, configuration.getInt("spark.executor.cores", 1));
      return Math.max(1, configuration.getInt("spark.cores.max", 1) / cores);
    }
    return Integer.MAX_VALUE;
  }

  private static String asked(SparkConf configuration) {
    return String.format(
        "an executor asks for %s cores, %s of memory, %s gpu",
        configuration.get("spark.executor.cores", "all"),
        configuration.get("spark.executor.memory", "1g"),
        configuration.get("spark.executor.resource.gpu.amount", "0"));
  }

  private static void pause() {
    try {
      Thread.sleep(POLL.toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw GridException.of(e, ErrorCode.CLUSTER, "Cannot start: interrupted");
    }
  }
}

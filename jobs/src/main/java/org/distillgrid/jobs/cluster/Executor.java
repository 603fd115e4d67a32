package org.distillgrid.jobs.cluster;

import java.util.List;
import org.apache.spark.SparkContext;
import org.apache.spark.resource.ResourceInformation;
import org.apache.spark.status.api.v1.ExecutorSummary;
import scala.Option;
import scala.jdk.javaapi.CollectionConverters;

/**
 * A live executor of the application.
 *
 * @param id Spark's name of it
 * @param cores task slots
 * @param gpus addresses of the GPUs that it holds; empty on a machine without
 */
record Executor(String id, int cores, List<String> gpus) {
  static final String GPU = "gpu";

  /** Returns the executors that are registered now, without the driver. */
  static List<Executor> registered(SparkContext context) {
    return CollectionConverters.asJava(context.statusStore().executorList(true)).stream()
        .filter(summary -> !summary.id().equals("driver"))
        .map(Executor::of)
        .toList();
  }

  private static Executor of(ExecutorSummary summary) {
    Option<ResourceInformation> gpu = summary.resources().get(GPU);
    List<String> addresses = List.of();
    if (gpu.isDefined()) {
      addresses = List.of(gpu.get().addresses());
    }
    return new Executor(summary.id(), summary.totalCores(), addresses);
  }
}

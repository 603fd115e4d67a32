package org.distillgrid.jobs.cluster;

import java.io.Serializable;
import java.util.List;
import org.apache.spark.SparkEnv;
import org.apache.spark.TaskContext;
import org.apache.spark.resource.ResourceInformation;
import org.distillgrid.kd.error.ErrorCode;
import org.distillgrid.kd.error.GridException;

/**
 * Where a task runs.
 *
 * @param slot {@code host/executor/gpu:address}, or {@code host/executor/cpu} where Spark assigned
 *     no GPU
 * @param gpuAddresses the GPU addresses that Spark assigned; empty on a CPU
 */
public record AssignedDevice(String slot, List<String> gpuAddresses) implements Serializable {

  /** Returns the device of the Spark task that runs in this thread. */
  public static AssignedDevice ofTask() {
    TaskContext task = TaskContext.get();
    if (task == null) {
      throw GridException.of(
          ErrorCode.INTERNAL, "Cannot tell the assigned device: this thread runs no Spark task");
    }
    SparkEnv environment = SparkEnv.get();
    ResourceInformation gpu = task.resourcesJMap().get(Executor.GPU);
    List<String> addresses = List.of();
    String device = "cpu";
    if (gpu != null) {
      addresses = List.of(gpu.addresses());
      device = Executor.GPU + ":" + String.join(",", addresses);
    }
    String host = environment.blockManager().blockManagerId().host();
    return new AssignedDevice(String.join("/", host, environment.executorId(), device), addresses);
  }
}

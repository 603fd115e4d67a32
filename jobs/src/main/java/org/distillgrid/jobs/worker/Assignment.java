package org.distillgrid.jobs.worker;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.BooleanSupplier;
import org.apache.spark.TaskContext;
import org.distillgrid.jobs.cluster.AssignedDevice;
import org.distillgrid.jobs.folder.RunFolder;

/**
 * Where and under which name the Spark task of this thread trains.
 *
 * @param place the device that Spark assigned
 * @param attempt the id of the attempts that it makes
 * @param stopped tells whether the task has been asked to end
 */
record Assignment(AssignedDevice place, String attempt, BooleanSupplier stopped) {
  /** Returns what the task of this thread was assigned for an order. */
  static Assignment of(TrainingOrder order) {
    TaskContext context = TaskContext.get();
    // A task that Spark runs again must not write where its lost twin may still be writing.
    String attempt = order.attempt() + "-" + context.attemptNumber();
    return new Assignment(AssignedDevice.ofTask(), attempt, context::isInterrupted);
  }

  /** Returns the folder of the attempt at each training, by the training's id. */
  Map<String, AttemptFolder> folders(TrainingOrder order, RunFolder run) {
    Map<String, AttemptFolder> folders = new LinkedHashMap<>();
    order.trainings().forEach(each -> folders.put(each.id(), each.attempt(run, attempt)));
    return folders;
  }
}

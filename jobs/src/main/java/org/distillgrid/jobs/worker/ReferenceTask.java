package org.distillgrid.jobs.worker;

import java.util.List;
import org.distillgrid.jobs.cluster.AssignedDevice;
import org.distillgrid.jobs.journal.ImageMetrics;
import org.distillgrid.kd.task.Task;
import org.distillgrid.kd.task.Tasks;
import org.distillgrid.kd.train.TrainingDevice;
import org.distillgrid.kd.train.TrainingSlot;

/** Scores what trials are compared with, on the device of the Spark task that it runs in. */
public final class ReferenceTask {
  private ReferenceTask() {}

  /** Returns the scores of the work's teacher; none when there is no teacher. */
  public static List<ImageMetrics> teacher(CohortOrder.Work work) {
    if (!work.teacher().present()) {
      return List.of();
    }
    String path = work.teacher().path();
    return TrainingSlot.exclusively(() -> sets(work).score(work.run().checkpoint(path), path));
  }

  /** Returns the scores of bicubic interpolation, or of the input at scale 1. */
  public static List<ImageMetrics> bicubic(CohortOrder.Work work) {
    return sets(work).bicubic();
  }

  private static EvaluationSets sets(CohortOrder.Work work) {
    TrainingDevice device =
        TrainingDevice.of(AssignedDevice.ofTask().gpuAddresses(), work.threads());
    Task task = Tasks.of(work.task().name(), work.task().scale());
    return new EvaluationSets(work, task, device);
  }
}

package org.distillgrid.jobs.worker;

import java.io.Serializable;
import java.util.List;
import org.distillgrid.jobs.cluster.AssignedDevice;
import org.distillgrid.jobs.journal.ImageMetrics;
import org.distillgrid.kd.task.Task;
import org.distillgrid.kd.task.Tasks;
import org.distillgrid.kd.train.TrainingDevice;
import org.distillgrid.kd.train.TrainingSlot;

/**
 * An order to score what trials are compared with.
 *
 * @param work names the teacher and the test images
 */
public record ReferenceOrder(CohortOrder.Work work) implements Order<ReferenceOrder.Scores> {
  /**
   * Scores of what trials are compared with.
   *
   * @param teacher the teacher's; empty when there is none
   * @param bicubic those of bicubic interpolation, or of the input itself at scale 1
   */
  public record Scores(List<ImageMetrics> teacher, List<ImageMetrics> bicubic)
      implements Serializable {
    public Scores {
      teacher = List.copyOf(teacher);
      bicubic = List.copyOf(bicubic);
    }
  }

  @Override
  public String key() {
    return "references";
  }

  @Override
  public String purpose() {
    return "score the references";
  }

  @Override
  public Scores carryOut() {
    Task task = Tasks.of(work.task().name(), work.task().scale());
    TrainingDevice device =
        TrainingDevice.of(AssignedDevice.ofTask().gpuAddresses(), work.threads());
    try (EvaluationSets sets = new EvaluationSets(work, task, device)) {
      return TrainingSlot.exclusively(() -> new Scores(teacher(sets), sets.bicubic()));
    }
  }

  private List<ImageMetrics> teacher(EvaluationSets sets) {
    if (!work.teacher().present()) {
      return List.of();
    }
    String path = work.teacher().path();
    return sets.score(work.run().checkpoint(path), path);
  }
}

package org.distillgrid.jobs.grid;

import java.util.List;
import org.distillgrid.jobs.journal.ImageScore;
import org.distillgrid.kd.task.Task;
import org.distillgrid.kd.train.TrainedTrial;
import org.distillgrid.kd.train.TrainingDevice;

/** wip. */
record TestSets(CohortOrder.Work work, Task task, TrainingDevice device) {
  List<ImageScore> score(TrainedTrial trained) {
    return List.of();
  }
}

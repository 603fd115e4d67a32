package org.distillgrid.jobs.fleet;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.distillgrid.jobs.folder.RunFolder;
import org.distillgrid.jobs.journal.TrialResult;
import org.distillgrid.jobs.worker.AttemptFolder;
import org.distillgrid.jobs.worker.Attempts;
import org.distillgrid.jobs.worker.Training;
import org.distillgrid.jobs.worker.TrainingOrder;

/**
 * Looks into the folders of attempts, which an executor fills while its task still runs.
 *
 * @param run the run folder
 */
record FolderWatch(RunFolder run) implements Watch {
  @Override
  public Optional<TrialResult> result(TrainingOrder order, Training training) {
    return new Attempts(run, training)
        .results().stream()
            .filter(result -> result.attempt().startsWith(order.attempt()))
            .reduce((earlier, later) -> later);
  }

  @Override
  public List<Long> steps(TrainingOrder order) {
    List<Long> steps = new ArrayList<>();
    for (Training training : order.trainings()) {
      for (String attempt : new Attempts(run, training).ids()) {
        if (attempt.startsWith(order.attempt())) {
          training
              .attempt(run, attempt)
              .progress()
              .map(AttemptFolder.Advance::step)
              .ifPresent(steps::add);
        }
      }
    }
    return steps;
  }
}

package org.distillgrid.jobs.worker;

import java.io.Serializable;
import java.util.Optional;
import org.distillgrid.jobs.folder.RunFolder;
import org.distillgrid.jobs.folder.TrainingPlace;
import org.distillgrid.kd.train.TrialSetup;

/**
 * One training that a cohort is ordered to do.
 *
 * @param id of everything that decides the weights
 * @param subject what is trained
 * @param folder the folder of all attempts at it, below the run folder
 * @param steps updates that it is given; 0 when it is only calibrated
 */
public record CohortMember(String id, Subject subject, String folder, long steps)
    implements Serializable {
  /** Returns it as a trial of a cohort, if a student or teacher is trained. */
  Optional<TrialSetup> trial() {
    return subject.cell().map(cell -> new TrialSetup(id, cell));
  }

  /** Returns the place of all attempts at it. */
  public TrainingPlace training(RunFolder run) {
    return run.training(folder);
  }

  /** Returns the folder of one attempt. */
  public AttemptFolder attempt(RunFolder run, String attempt) {
    return new AttemptFolder(training(run), attempt);
  }
}

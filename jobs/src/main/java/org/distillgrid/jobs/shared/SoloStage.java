package org.distillgrid.jobs.shared;

import java.util.List;
import java.util.Optional;
import org.distillgrid.jobs.fleet.Fleet;
import org.distillgrid.jobs.fleet.FleetStage;
import org.distillgrid.jobs.folder.RunFolder;
import org.distillgrid.jobs.journal.FinishedResult;
import org.distillgrid.jobs.journal.TrialResult;
import org.distillgrid.jobs.worker.Attempts;
import org.distillgrid.jobs.worker.Training;
import org.distillgrid.jobs.worker.TrainingOrder;

/** One training by itself, which goes on where an earlier attempt was cut off. */
final class SoloStage implements FleetStage {
  private final RunFolder run;
  private final String name;
  private TrialResult result;

  /** Names what is trained. */
  SoloStage(RunFolder run, String name) {
    this.run = run;
    this.name = name;
  }

  /** Returns what the one training of an order left, now or earlier. */
  TrialResult train(TrainingOrder order, Fleet fleet) {
    Optional<FinishedResult> earlier = new Attempts(run, order.trainings().get(0)).finished();
    if (earlier.isPresent()) {
      return earlier.get();
    }
    fleet.run(List.of(order), this);
    return result;
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public int doneBefore() {
    return 0;
  }

  @Override
  public void started(Training training, String attempt) {}

  @Override
  public Next ended(Training training, TrialResult how) {
    result = how;
    if (how instanceof FinishedResult) {
      new Attempts(run, training).deleteCheckpoints();
    }
    return Next.GO_ON;
  }
}

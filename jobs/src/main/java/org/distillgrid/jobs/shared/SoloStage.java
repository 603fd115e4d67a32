package org.distillgrid.jobs.shared;

import java.util.List;
import java.util.function.Supplier;
import org.distillgrid.jobs.fleet.FleetStage;
import org.distillgrid.jobs.folder.RunFolder;
import org.distillgrid.jobs.journal.FinishedResult;
import org.distillgrid.jobs.journal.TrialResult;
import org.distillgrid.jobs.worker.Attempts;
import org.distillgrid.jobs.worker.Training;
import org.distillgrid.jobs.worker.TrainingOrder;

/**
 * One training by itself, which goes on where an earlier attempt was cut off.
 *
 * @param run the run folder
 * @param name what is trained
 * @param order makes the order of its only training
 * @param ending is told what came of it
 */
record SoloStage(RunFolder run, String name, Supplier<TrainingOrder> order, Ending ending)
    implements FleetStage {
  /** Is told what came of a training. */
  interface Ending {
    /** Takes the result; throws if the run cannot go on without. */
    void ended(TrialResult result);
  }

  @Override
  public int doneBefore() {
    return 0;
  }

  @Override
  public TrainingOrder order(List<String> items) {
    return order.get();
  }

  @Override
  public void started(Training training, String attempt) {}

  @Override
  public Next ended(Training training, TrialResult result) {
    ending.ended(result);
    if (result instanceof FinishedResult) {
      new Attempts(run, training).deleteCheckpoints();
    }
    return Next.GO_ON;
  }

  // It needs nothing that could fail without the run.
  @Override
  public void dropped(String item, String error) {}
}

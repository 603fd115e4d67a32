package org.distillgrid.jobs.fleet;

import java.util.List;
import org.distillgrid.jobs.journal.TrialResult;
import org.distillgrid.jobs.worker.Training;
import org.distillgrid.jobs.worker.TrainingOrder;

/** An order that says nothing of one of its trainings when it ends. */
record SilentOrder(PlainOrder order, String unsaid) implements TrainingOrder {
  @Override
  public String attempt() {
    return order.attempt();
  }

  @Override
  public String purpose() {
    return order.purpose();
  }

  @Override
  public List<PlainOrder.Plain> trainings() {
    return order.trainings();
  }

  @Override
  public PlainOrder alone(Training training, String freshAttempt) {
    return order.alone(training, freshAttempt);
  }

  @Override
  public TrialResult neverRun(String id, String error) {
    return order.neverRun(id, error);
  }

  @Override
  public List<TrialResult> carryOut() {
    return order.carryOut().stream().filter(result -> !result.trialId().equals(unsaid)).toList();
  }
}

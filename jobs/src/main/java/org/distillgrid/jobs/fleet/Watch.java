package org.distillgrid.jobs.fleet;

import java.util.List;
import java.util.Optional;
import org.distillgrid.jobs.journal.TrialResult;
import org.distillgrid.jobs.worker.Training;
import org.distillgrid.jobs.worker.TrainingOrder;

/** Sees what an order has left so far, while it is under way. */
interface Watch {
  /** Returns the result of the last attempt at a training that an order made, if one has ended. */
  Optional<TrialResult> result(TrainingOrder order, Training training);

  /** Returns the steps, from 1, that the trainings of an order were last seen to have reached. */
  List<Long> steps(TrainingOrder order);
}

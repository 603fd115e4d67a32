package org.distillgrid.jobs.run;

import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.distillgrid.jobs.fleet.RunInputs;
import org.distillgrid.jobs.fleet.Work;
import org.distillgrid.jobs.fleet.Workload;
import org.distillgrid.jobs.fleet.agenda.Item;
import org.distillgrid.jobs.folder.RunFolder;
import org.distillgrid.jobs.journal.Event;
import org.distillgrid.jobs.journal.EventKind;
import org.distillgrid.jobs.journal.Journal;
import org.distillgrid.jobs.plan.TrialPlan;
import org.distillgrid.jobs.predict.PredictJob;
import org.distillgrid.jobs.worker.KeptPredictions;
import org.distillgrid.jobs.worker.PredictOrder;
import org.distillgrid.kd.error.GridException;

/**
 * What the teacher says of all patches, as work: orders that need the teacher, and that trials need
 * which read nothing else of it.
 */
final class PredictionWork {
  private static final String STAGE = "predictions";

  private final GridContext grid;
  private final Journal journal;
  private final SharedWork shared;
  private final int slots;
  private final Set<String> missing = new TreeSet<>();
  private Optional<PredictJob> job = Optional.empty();
  private KeptPredictions kept = KeptPredictions.NONE;

  /**
   * Prepares the predictions of a run; nothing is made.
   *
   * @param slots how many orders can be carried out at once
   */
  PredictionWork(GridContext grid, Journal journal, SharedWork shared, int slots) {
    this.grid = grid;
    this.journal = journal;
    this.shared = shared;
    this.slots = slots;
  }

  /** Refuses what could not be kept, before a teacher is trained for it. */
  static void check(GridContext grid, TrialPlan plan) {
    if (plan.predicted().isEmpty() || grid.run().files().exists(grid.run().teacher().state())) {
      return;
    }
    PredictJob.check(grid.spec(), grid.run(), PredictJob.trainingPatches(grid.run()));
  }

  /** Declares the work, for trials that need it. */
  void declare(Workload work, WorkCosts costs) {
    long patches = PredictJob.trainingPatches(grid.run());
    int orders = PredictJob.orders(grid.spec(), patches, slots);
    for (int number = 0; number < orders; number++) {
      int mine = number;
      String item = STAGE + " " + number;
      missing.add(item);
      Work predicting =
          new Work.Answered<List<PredictOrder.Shard>>(
              STAGE, () -> job().order(mine, orders), shards -> take(item, shards));
      work.add(
          Item.of(item, shared.afterTeacher(), costs.predictions(patches / (double) orders)),
          predicting);
    }
  }

  /** Takes off what is not under way, as no trial needs it after all. */
  void settle(Workload work) {
    if (job.isEmpty()) {
      missing.forEach(work::settle);
      missing.clear();
    }
  }

  /** Returns the items that have to be done before a trial is taught by predictions. */
  Set<String> needs() {
    return new HashSet<>(missing);
  }

  /** Returns inputs with the predictions, which must be there. */
  RunInputs in(RunInputs inputs) {
    if (!kept.present()) {
      throw new IllegalStateException("A trial is to be taught by predictions that are not there");
    }
    return inputs.withPredictions(kept);
  }

  private PredictJob job() {
    if (job.isEmpty()) {
      grid.listener().stageStarted(GridStage.PREDICT);
      job = Optional.of(PredictJob.begin(shared.inputs(), this::isInUse, grid::say));
    }
    return job.get();
  }

  private void take(String item, List<PredictOrder.Shard> shards) {
    job().take(shards);
    missing.remove(item);
    if (missing.isEmpty()) {
      kept = job().finish();
      journal.append(
          Event.of(EventKind.STAGE_FINISHED, GridStage.PREDICT.text(), kept.place().id()));
      grid.listener().stageEnded(GridStage.PREDICT);
    }
  }

  private boolean isInUse(String location) {
    try {
      return RunLock.isHeld(RunFolder.of(location, grid.run().configuration().value()));
    } catch (GridException e) {
      // What cannot be looked at may well be at work.
      return true;
    }
  }
}

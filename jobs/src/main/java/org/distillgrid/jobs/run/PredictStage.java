package org.distillgrid.jobs.run;

import java.util.List;
import org.distillgrid.jobs.fleet.Fleet;
import org.distillgrid.jobs.fleet.RunInputs;
import org.distillgrid.jobs.folder.RunFolder;
import org.distillgrid.jobs.journal.Event;
import org.distillgrid.jobs.journal.EventKind;
import org.distillgrid.jobs.journal.Journal;
import org.distillgrid.jobs.plan.Trial;
import org.distillgrid.jobs.plan.TrialPlan;
import org.distillgrid.jobs.predict.PredictJob;
import org.distillgrid.jobs.table.PreparedData;
import org.distillgrid.jobs.worker.KeptPredictions;
import org.distillgrid.kd.error.GridException;

/** Has the teacher predict all patches once, if a trial that is to be trained reads that. */
final class PredictStage {
  private final GridContext grid;
  private final Journal journal;

  PredictStage(GridContext grid, Journal journal) {
    this.grid = grid;
    this.journal = journal;
  }

  /** Refuses what could not be kept, before a teacher is trained for it. */
  static void check(GridContext grid, TrialPlan plan) {
    if (plan.predicted().isEmpty() || grid.run().files().exists(grid.run().teacher().state())) {
      return;
    }
    long patches = PreparedData.read(grid.run()).orElseThrow().patches().get(PreparedData.TRAIN);
    PredictJob.check(grid.spec(), grid.run(), patches);
  }

  /** Returns the inputs of some trials, with predictions where one is taught by them. */
  RunInputs predicted(RunInputs inputs, List<Trial> missing, Fleet fleet) {
    if (missing.stream().noneMatch(Trial::isPredicted)) {
      return inputs;
    }
    grid.listener().stageStarted(GridStage.PREDICT);
    KeptPredictions kept = PredictJob.run(inputs, fleet, this::isInUse, grid::say);
    journal.append(Event.of(EventKind.STAGE_FINISHED, GridStage.PREDICT.text(), kept.place().id()));
    grid.listener().stageEnded(GridStage.PREDICT);
    return inputs.withPredictions(kept);
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

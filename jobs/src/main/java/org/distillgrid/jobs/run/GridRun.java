package org.distillgrid.jobs.run;

import java.util.UUID;
import org.distillgrid.jobs.fleet.Fleet;
import org.distillgrid.jobs.journal.Event;
import org.distillgrid.jobs.journal.EventKind;
import org.distillgrid.jobs.journal.Journal;
import org.distillgrid.jobs.plan.GridExpansion;
import org.distillgrid.jobs.plan.TrialPlan;
import org.distillgrid.jobs.prepare.PrepareJob;

/** A whole run: its preparation, then all other work, as soon as what it needs is there. */
final class GridRun {
  private final GridContext grid;
  private final TrialPlan plan;
  private final Journal journal;

  private GridRun(GridContext grid, TrialPlan plan, Journal journal) {
    this.grid = grid;
    this.plan = plan;
    this.journal = journal;
  }

  /** Runs a grid; what the spec gives from outside is looked at before the first. */
  static GridResult run(GridContext grid, Choice choice) {
    TrialPlan plan = GridExpansion.expand(grid.spec(), grid.catalog());
    CheckedInputs checked = CheckedInputs.of(grid, plan);
    Journal journal = Journal.open(grid.run().files(), grid.run().journal());
    return new GridRun(grid, plan, journal).run(checked, choice);
  }

  private GridResult run(CheckedInputs checked, Choice choice) {
    journal.append(Event.of(EventKind.RUN_STARTED, UUID.randomUUID().toString(), ""));
    String data = prepare(checked);
    PredictionWork.check(grid, plan);
    try (Fleet fleet = grid.fleet()) {
      SharedWork shared = SharedWork.find(grid, journal, grid.inputs(data, checked), checked, plan);
      GridResult result = new TrialStage(grid, plan, shared, journal, choice).run(fleet);
      grid.listener().stageEnded(GridStage.TRAIN);
      String failed = result.failures().size() + " failed";
      journal.append(Event.of(EventKind.RUN_FINISHED, grid.spec().name(), failed));
      return result;
    }
  }

  private String prepare(CheckedInputs checked) {
    grid.listener().stageStarted(GridStage.PREPARE);
    String data =
        PrepareJob.run(grid.session(), grid.spec(), grid.run(), checked.images(), grid::say)
            .fingerprint();
    journal.append(Event.of(EventKind.STAGE_FINISHED, GridStage.PREPARE.text(), data));
    grid.listener().stageEnded(GridStage.PREPARE);
    return data;
  }
}

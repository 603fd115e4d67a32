package org.distillgrid.jobs.run;

import java.util.UUID;
import org.distillgrid.jobs.fleet.Fleet;
import org.distillgrid.jobs.fleet.RunInputs;
import org.distillgrid.jobs.journal.Event;
import org.distillgrid.jobs.journal.EventKind;
import org.distillgrid.jobs.journal.Journal;
import org.distillgrid.jobs.plan.GridExpansion;
import org.distillgrid.jobs.plan.TrialPlan;
import org.distillgrid.jobs.prepare.PrepareJob;
import org.distillgrid.jobs.score.ScoreJob;
import org.distillgrid.jobs.score.StudentChoice;
import org.distillgrid.jobs.shared.ReferenceScores;
import org.distillgrid.jobs.shared.SharedNetwork;

/** A whole run: every stage, one after the other, each noted in the journal. */
final class GridRun {
  private final GridContext grid;
  private final TrialPlan plan;
  private final Journal journal;

  private GridRun(GridContext grid, TrialPlan plan, Journal journal) {
    this.grid = grid;
    this.plan = plan;
    this.journal = journal;
  }

  /** Runs every stage; what the spec gives from outside is looked at before the first. */
  static GridResult run(GridContext grid, Choice choice) {
    TrialPlan plan = GridExpansion.expand(grid.spec(), grid.catalog());
    CheckedInputs checked = CheckedInputs.of(grid, plan);
    Journal journal = Journal.open(grid.run().files(), grid.run().journal());
    return new GridRun(grid, plan, journal).run(checked, choice);
  }

  private GridResult run(CheckedInputs checked, Choice choice) {
    journal.append(Event.of(EventKind.RUN_STARTED, UUID.randomUUID().toString(), ""));
    String data = prepare(checked);
    PredictStage.check(grid, plan);
    try (Fleet fleet = grid.fleet()) {
      TeacherStage teacher = new TeacherStage(grid);
      grid.listener().stageStarted(GridStage.TEACH);
      RunInputs taught = teacher.teach(data, checked, fleet);
      ReferenceScores references = teacher.references(taught, fleet);
      ended(GridStage.TEACH, taught.teacher().hash());
      RunInputs inputs = encode(taught, checked, fleet);
      score(inputs);
      grid.listener().stageStarted(GridStage.TRAIN);
      GridResult result =
          new TrialStage(grid, inputs, references, journal).run(plan.trials(), choice, fleet);
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
    ended(GridStage.PREPARE, data);
    return data;
  }

  private RunInputs encode(RunInputs inputs, CheckedInputs checked, Fleet fleet) {
    if (!plan.readsEncoder()) {
      return inputs;
    }
    grid.listener().stageStarted(GridStage.ENCODE);
    SharedNetwork encoder = SharedNetwork.encoder(inputs, grid::say);
    RunInputs encoding = inputs.withEncoder(encoder.put(checked.encoder(), fleet));
    ended(GridStage.ENCODE, encoding.encoder().hash());
    return encoding;
  }

  private void score(RunInputs inputs) {
    if (!inputs.teacher().present()) {
      return;
    }
    grid.listener().stageStarted(GridStage.SCORE);
    ScoreJob.run(grid.session(), grid.spec(), grid.run(), StudentChoice.bicubic(), grid::say);
    ended(GridStage.SCORE, "");
  }

  private void ended(GridStage stage, String detail) {
    journal.append(Event.of(EventKind.STAGE_FINISHED, stage.text(), detail));
    grid.listener().stageEnded(stage);
  }
}

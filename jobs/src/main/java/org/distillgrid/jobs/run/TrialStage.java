package org.distillgrid.jobs.run;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.distillgrid.jobs.fleet.Fleet;
import org.distillgrid.jobs.fleet.RunInputs;
import org.distillgrid.jobs.journal.Journal;
import org.distillgrid.jobs.journal.Standing;
import org.distillgrid.jobs.plan.Trial;
import org.distillgrid.jobs.plan.TrialIds;
import org.distillgrid.jobs.report.Findings;
import org.distillgrid.jobs.report.Publication;
import org.distillgrid.jobs.report.RunTables;
import org.distillgrid.jobs.report.SummaryReport;
import org.distillgrid.jobs.shared.ReferenceScores;
import org.distillgrid.kd.error.ErrorCode;
import org.distillgrid.kd.error.GridException;

/** Trains the trials that are missing, and publishes the tables of all that have ended. */
final class TrialStage {
  private final GridContext grid;
  private final RunInputs inputs;
  private final ReferenceScores references;
  private final Journal journal;

  TrialStage(GridContext grid, RunInputs inputs, ReferenceScores references, Journal journal) {
    this.grid = grid;
    this.inputs = inputs;
    this.references = references;
    this.journal = journal;
  }

  GridResult run(List<Trial> trials, Choice choice, Fleet fleet) {
    TrialIds ids = TrialIds.of(trials, inputs.keys());
    List<Trial> wanted =
        trials.stream().filter(trial -> ids.id(trial).startsWith(choice.only())).toList();
    if (wanted.isEmpty()) {
      throw GridException.of(
          ErrorCode.USAGE, "Cannot train only %s: no trial's id begins so", choice.only());
    }
    RunTables tables =
        new RunTables(grid.session(), grid.spec(), grid.run(), inputs.keys(), trials, ids);
    TrialLedger ledger = new TrialLedger(grid.run(), journal);
    try (Publication publication = Publication.of(tables)) {
      TrialTraining training =
          new TrialTraining(
              grid.listener(),
              inputs,
              ids,
              ledger,
              choice.afterFailure(),
              standings -> publication.offer(grid.findings(standings, references)));
      Map<String, Standing> standings = training.run(trials, wanted, fleet);
      ledger.close();
      Findings findings = grid.findings(standings, references);
      String version = publication.publish(findings);
      List<TrialOutcome> outcomes = outcomes(wanted, ids, standings);
      GridResult result = new GridResult(grid.session(), grid.run(), outcomes);
      tell(result, findings, version);
      return result;
    }
  }

  private List<TrialOutcome> outcomes(
      List<Trial> wanted, TrialIds ids, Map<String, Standing> standings) {
    List<TrialOutcome> outcomes = new ArrayList<>();
    for (Trial trial : wanted) {
      Standing standing = standings.get(ids.id(trial));
      if (standing != null) {
        outcomes.add(new TrialOutcome(trial, standing, grid.run()));
      }
    }
    return outcomes;
  }

  private void tell(GridResult result, Findings findings, String version) {
    grid.sayTable(SummaryReport.lines(result.summary(), findings));
    grid.say("Tables: " + grid.run().location() + " (" + version + ")");
    result.outcomes().forEach(outcome -> note(outcome).ifPresent(grid::say));
  }

  private static Optional<String> note(TrialOutcome outcome) {
    String trial = outcome.trial().name() + " (" + outcome.standing().trialId() + "): ";
    return outcome
        .standing()
        .match(
            finished ->
                Optional.of(finished.diverged())
                    .filter(why -> !why.isEmpty())
                    .map(why -> "Diverged: " + trial + why),
            failed -> Optional.of("Failed: " + trial + failed.error()));
  }
}

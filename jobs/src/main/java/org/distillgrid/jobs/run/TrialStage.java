package org.distillgrid.jobs.run;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.distillgrid.jobs.fleet.Fleet;
import org.distillgrid.jobs.fleet.Workload;
import org.distillgrid.jobs.journal.Journal;
import org.distillgrid.jobs.journal.Standing;
import org.distillgrid.jobs.plan.Trial;
import org.distillgrid.jobs.plan.TrialPlan;
import org.distillgrid.jobs.report.CellChoice;
import org.distillgrid.jobs.report.EdgeLine;
import org.distillgrid.jobs.report.Findings;
import org.distillgrid.jobs.report.Publication;
import org.distillgrid.jobs.report.RunTables;
import org.distillgrid.jobs.report.SummaryReport;
import org.distillgrid.jobs.report.Tuning;
import org.distillgrid.jobs.shared.ReferenceScores;

/**
 * Does all work of a run but its preparation, and publishes the tables of all trials that have
 * ended.
 */
final class TrialStage implements TrialTraining.Told {
  private final GridContext grid;
  private final TrialPlan plan;
  private final SharedWork shared;
  private final Journal journal;
  private final TrialLedger ledger;
  private final Choice choice;
  private final KnownTrials known;
  private final Tuning tuning;
  private final Publication publication;
  private boolean hasBegun;
  private boolean hasNews;

  TrialStage(GridContext grid, TrialPlan plan, SharedWork shared, Journal journal, Choice choice) {
    this.grid = grid;
    this.plan = plan;
    this.shared = shared;
    this.journal = journal;
    this.ledger = new TrialLedger(grid.run(), journal);
    this.choice = choice;
    this.known = new KnownTrials(grid, shared, ledger, choice, plan);
    this.tuning = new Tuning(grid.run(), plan.tuned(), known::id);
    this.publication =
        Publication.of(
            new RunTables(
                grid.session(), grid.spec(), grid.run(), plan.trials(), known::id, tuning));
  }

  GridResult run(Fleet fleet) {
    PretrainStage students = new PretrainStage(shared.inputs(), this::began);
    PredictionWork predictions = new PredictionWork(grid, journal, shared, fleet.slots());
    TrialNeeds needs = new TrialNeeds(shared, predictions, students);
    TunedTrials tuned = new TunedTrials(plan.tuned(), tuning, known, ledger);
    Workload work = fleet.workload(grid.spec().cluster().cohort());
    TrialTraining training =
        new TrialTraining(grid, needs, ledger, known, choice, this, tuned, work);
    WorkCosts costs = shared.costs();
    shared.declare(
        work,
        costs,
        () -> {
          training.sharedIsKnown();
          hasNews = !ledger.isEmpty();
        },
        fleet);
    training.declare(plan.trials(), costs);
    try {
      hasNews = !ledger.isEmpty();
      fleet.run(work, this::offer);
      ledger.close();
      began();
      return publish();
    } finally {
      publication.close();
    }
  }

  private GridResult publish() {
    Findings findings = findings();
    String version = publication.publish(findings);
    List<TrialOutcome> outcomes = new ArrayList<>();
    for (Trial trial : plan.trials()) {
      Standing standing = findings.standings().get(known.id(trial));
      if (known.isWanted(trial) && standing != null) {
        outcomes.add(new TrialOutcome(trial, standing, grid.run()));
      }
    }
    GridResult result = new GridResult(grid.session(), grid.run(), outcomes);
    tell(result, findings, version);
    return result;
  }

  @Override
  public void began() {
    if (!hasBegun) {
      hasBegun = true;
      grid.listener().stageStarted(GridStage.TRAIN);
    }
  }

  @Override
  public void ended() {
    hasNews = true;
  }

  // What comes too soon after the last tables is offered until it is taken: trials end in crowds,
  // and the next may be long in coming.
  private void offer() {
    if (hasNews) {
      hasNews = !publication.offer(this::findings);
    }
  }

  // What reads no teacher ends before there is one, and the references are scored after it.
  private Findings findings() {
    return grid.findings(
        ledger.standings(),
        shared.references().orElse(ReferenceScores.NONE),
        shared.inputs().teacher().hash());
  }

  private void tell(GridResult result, Findings findings, String version) {
    grid.sayTable(SummaryReport.lines(result.summary(), findings));
    tuning(findings).forEach(grid::say);
    grid.say("Tables: " + grid.run().location() + " (" + version + ")");
    result.outcomes().forEach(outcome -> note(outcome).ifPresent(grid::say));
  }

  private List<String> tuning(Findings findings) {
    List<CellChoice> choices = tuning.choices(findings.standings()::get);
    List<String> lines = new ArrayList<>(EdgeLine.of(choices).stream().toList());
    choices.stream().filter(CellChoice::isFailed).map(CellChoice::text).forEach(lines::add);
    return lines;
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

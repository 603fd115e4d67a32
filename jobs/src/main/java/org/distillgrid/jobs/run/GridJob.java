package org.distillgrid.jobs.run;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import org.distillgrid.jobs.fleet.Cohorts;
import org.distillgrid.jobs.fleet.Fleet;
import org.distillgrid.jobs.fleet.FleetStage;
import org.distillgrid.jobs.fleet.RunInputs;
import org.distillgrid.jobs.journal.Event;
import org.distillgrid.jobs.journal.EventKind;
import org.distillgrid.jobs.journal.FinishedResult;
import org.distillgrid.jobs.journal.Journal;
import org.distillgrid.jobs.journal.JournalState;
import org.distillgrid.jobs.journal.TrialResult;
import org.distillgrid.jobs.plan.Trial;
import org.distillgrid.jobs.worker.Attempts;
import org.distillgrid.jobs.worker.CohortMember;
import org.distillgrid.jobs.worker.CohortOrder;
import org.distillgrid.jobs.worker.Subject;

/**
 * Trains what is missing of a grid. What earlier runs have finished is taken over, whether or not
 * they lived to note it; what they have begun goes on from its last checkpoint; what has failed is
 * tried again.
 */
public final class GridJob {
  private final RunInputs inputs;
  private final Journal journal;
  private final Fleet fleet;
  private final GridObserver observer;
  private final FleetStage.Next afterFailure;
  private final Map<String, TrialResult> results = new LinkedHashMap<>();

  /**
   * Prepares a grid.
   *
   * @param afterFailure what happens to the other trials after one has failed
   */
  public GridJob(
      RunInputs inputs,
      Journal journal,
      Fleet fleet,
      GridObserver observer,
      FleetStage.Next afterFailure) {
    this.inputs = inputs;
    this.journal = journal;
    this.fleet = fleet;
    this.observer = observer;
    this.afterFailure = afterFailure;
  }

  /**
   * Trains what is missing of some trials of a grid.
   *
   * @param all every trial of the grid
   * @param wanted which of them are to be trained
   * @return the result of every trial that has ended, in this run or an earlier one, by trial id
   * @throws org.distillgrid.kd.error.GridException if results cannot be kept; what failed to train
   *     is a result
   */
  public Map<String, TrialResult> run(List<Trial> all, Predicate<Trial> wanted) {
    adopt(all);
    List<Trial> chosen = all.stream().filter(wanted).toList();
    List<Trial> missing = chosen.stream().filter(trial -> !isFinished(trial)).toList();
    observer.note(
        String.format(
            "Trials: %d, %d finished before, %d to train",
            chosen.size(), chosen.size() - missing.size(), missing.size()));
    if (!missing.isEmpty()) {
      train(missing, chosen.size() - missing.size());
    }
    return results();
  }

  private Map<String, TrialResult> results() {
    return new LinkedHashMap<>(results);
  }

  private boolean isFinished(Trial trial) {
    return results.get(trial.id(inputs.keys())) instanceof FinishedResult;
  }

  private void adopt(List<Trial> trials) {
    JournalState state = journal.replay();
    if (!state.damaged().isEmpty()) {
      observer.note("Journal: passing over damaged " + String.join(", ", state.damaged()));
    }
    for (Trial trial : trials) {
      CohortMember member = member(trial);
      Optional<String> decided = state.finishedAttempt(member.id());
      Optional<TrialResult> known =
          decided
              .flatMap(attempt -> member.attempt(inputs.run(), attempt).result())
              .filter(FinishedResult.class::isInstance);
      if (known.isPresent()) {
        results.put(member.id(), known.get());
        continue;
      }
      new Attempts(inputs.run(), member).finished().ifPresent(result -> settle(member, result));
    }
  }

  private void train(List<Trial> missing, int before) {
    PretrainStage students = new PretrainStage(inputs);
    students.run(missing.stream().map(Trial::pretrainKey).distinct().toList(), fleet);
    List<Trial> ready = new ArrayList<>();
    for (Trial trial : missing) {
      Optional<String> error = students.error(trial.pretrainKey());
      if (error.isEmpty()) {
        ready.add(trial);
      } else {
        settle(member(trial), orphan(trial, error.get()));
      }
    }
    fleet.run(orders(ready, students.weights()), new TrialStage(before));
  }

  private List<CohortOrder> orders(List<Trial> ready, Map<String, String> initial) {
    CohortOrder.Work work = inputs.trials(initial);
    Cohorts cohorts = new Cohorts(fleet.slots(), inputs.spec().cluster().cohort());
    List<CohortOrder> orders = new ArrayList<>();
    for (List<Trial> cohort : cohorts.of(ready, trial -> trial.cell().seed())) {
      orders.add(
          new CohortOrder(
              work,
              cohort.get(0).cell().seed(),
              cohort.stream().map(this::member).toList(),
              Fleet.freshAttempt()));
    }
    return orders;
  }

  private TrialResult orphan(Trial trial, String error) {
    return inputs
        .trials(Map.of())
        .neverRun(
            trial.id(inputs.keys()), "Cannot start: its full-precision student failed: " + error);
  }

  private CohortMember member(Trial trial) {
    String id = trial.id(inputs.keys());
    long steps = 0;
    if (trial.cell().isTrained()) {
      steps = trial.train().steps();
    }
    return new CohortMember(
        id, new Subject.Student(trial.cell()), inputs.run().attempts(id).relative(), steps);
  }

  private void settle(CohortMember member, TrialResult result) {
    String attempt = result.attempt();
    journal.append(
        result.either(
            finished ->
                Event.of(EventKind.TRIAL_FINISHED, member.id(), attempt, finished.weightHash()),
            failed -> Event.of(EventKind.TRIAL_FAILED, member.id(), attempt, failed.error())));
    if (result instanceof FinishedResult) {
      new Attempts(inputs.run(), member).deleteCheckpoints();
    }
    results.put(member.id(), result);
  }

  private final class TrialStage implements FleetStage {
    private final int before;

    TrialStage(int before) {
      this.before = before;
    }

    @Override
    public String name() {
      return "trials";
    }

    @Override
    public int doneBefore() {
      return before;
    }

    @Override
    public void started(CohortMember member, String attempt) {
      journal.append(Event.of(EventKind.TRIAL_STARTED, member.id(), attempt, ""));
    }

    @Override
    public Next ended(CohortMember member, TrialResult result) {
      settle(member, result);
      observer.changed(results());
      return result.either(finished -> Next.GO_ON, failed -> afterFailure);
    }
  }
}

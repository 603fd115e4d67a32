package org.distillgrid.jobs.run;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.distillgrid.jobs.fleet.Cohorts;
import org.distillgrid.jobs.fleet.Fleet;
import org.distillgrid.jobs.fleet.FleetStage;
import org.distillgrid.jobs.fleet.RunInputs;
import org.distillgrid.jobs.journal.Standing;
import org.distillgrid.jobs.journal.TrialResult;
import org.distillgrid.jobs.plan.Trial;
import org.distillgrid.jobs.plan.TrialIds;
import org.distillgrid.jobs.worker.CohortMember;
import org.distillgrid.jobs.worker.CohortOrder;
import org.distillgrid.jobs.worker.Training;

/**
 * Trains what is missing of a grid. What earlier runs have finished is taken over; what they have
 * begun goes on from its last checkpoint; what has failed is tried again.
 */
final class TrialTraining implements FleetStage {
  private final GridListener listener;
  private final RunInputs inputs;
  private final TrialIds ids;
  private final TrialLedger ledger;
  private final Next afterFailure;
  private final Consumer<Map<String, Standing>> changed;
  private final Map<String, Trial> byId = new LinkedHashMap<>();
  private int before;

  /**
   * Prepares a grid.
   *
   * @param afterFailure what happens to the other trials after one has failed
   * @param changed takes how the trials stand that have ended so far, whenever one has
   */
  TrialTraining(
      GridListener listener,
      RunInputs inputs,
      TrialIds ids,
      TrialLedger ledger,
      Next afterFailure,
      Consumer<Map<String, Standing>> changed) {
    this.listener = listener;
    this.inputs = inputs;
    this.ids = ids;
    this.ledger = ledger;
    this.afterFailure = afterFailure;
    this.changed = changed;
  }

  /**
   * Trains what is missing of some trials of a grid.
   *
   * @param all every trial of the grid
   * @param wanted which of them are to be trained
   * @return how every trial stands that has ended, in this run or an earlier one, by trial id
   * @throws org.distillgrid.kd.error.GridException if results cannot be kept; what failed to train
   *     is a result
   */
  Map<String, Standing> run(List<Trial> all, List<Trial> wanted, Fleet fleet) {
    all.forEach(trial -> byId.put(id(trial), trial));
    ledger.adopt(all.stream().map(this::member).toList(), listener::line);
    List<Trial> missing = wanted.stream().filter(trial -> !ledger.isFinished(id(trial))).toList();
    before = wanted.size() - missing.size();
    listener.line(
        String.format(
            "Trials: %d, %d finished before, %d to train", wanted.size(), before, missing.size()));
    if (!missing.isEmpty()) {
      train(missing, fleet);
    }
    return ledger.standings();
  }

  private void train(List<Trial> missing, Fleet fleet) {
    PretrainStage students = new PretrainStage(inputs);
    students.run(missing.stream().map(Trial::pretrainKey).distinct().toList(), fleet);
    List<Trial> ready = new ArrayList<>();
    for (Trial trial : missing) {
      Optional<String> error = students.error(trial.pretrainKey());
      if (error.isEmpty()) {
        ready.add(trial);
      } else {
        end(member(trial), orphan(trial, error.get()));
      }
    }
    fleet.run(orders(ready, students.weights(), fleet.slots()), this);
  }

  private List<CohortOrder> orders(List<Trial> ready, Map<String, String> initial, int slots) {
    CohortOrder.Work work = inputs.trials(initial);
    Cohorts cohorts = new Cohorts(slots, inputs.spec().cluster().cohort());
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
        .neverRun(id(trial), "Cannot start: its full-precision student failed: " + error);
  }

  private CohortMember member(Trial trial) {
    long steps = 0;
    if (trial.cell().isTrained()) {
      steps = trial.train().steps();
    }
    return new CohortMember(ids.setup(trial), inputs.run().attempts(id(trial)).relative(), steps);
  }

  private String id(Trial trial) {
    return ids.id(trial);
  }

  private void end(Training training, TrialResult result) {
    Standing standing = ledger.settle(training, result);
    listener.trialEnded(new TrialOutcome(byId.get(training.id()), standing, inputs.run()));
    changed.accept(ledger.standings());
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
  public void started(Training training, String attempt) {
    ledger.begin(training, attempt);
    listener.trialStarted(byId.get(training.id()), training.id());
  }

  @Override
  public Next ended(Training training, TrialResult result) {
    end(training, result);
    return result.either(finished -> Next.GO_ON, failed -> afterFailure);
  }
}

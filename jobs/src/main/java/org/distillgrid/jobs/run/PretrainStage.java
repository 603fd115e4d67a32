package org.distillgrid.jobs.run;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.distillgrid.jobs.fleet.Cohorts;
import org.distillgrid.jobs.fleet.Fleet;
import org.distillgrid.jobs.fleet.FleetStage;
import org.distillgrid.jobs.fleet.RunInputs;
import org.distillgrid.jobs.journal.FailedResult;
import org.distillgrid.jobs.journal.FinishedResult;
import org.distillgrid.jobs.journal.TrialResult;
import org.distillgrid.jobs.plan.PretrainKey;
import org.distillgrid.jobs.worker.Attempts;
import org.distillgrid.jobs.worker.CohortMember;
import org.distillgrid.jobs.worker.CohortOrder;
import org.distillgrid.jobs.worker.Training;
import org.distillgrid.kd.train.TrialSetup;

/** Trains the full-precision students that trials start from, each once for all its trials. */
final class PretrainStage implements FleetStage {
  private final RunInputs inputs;
  private final Map<String, PretrainKey> byId = new HashMap<>();
  private final Map<String, String> weights = new HashMap<>();
  private final Map<String, String> errors = new HashMap<>();
  private int found;

  PretrainStage(RunInputs inputs) {
    this.inputs = inputs;
  }

  /** Finds or trains the given students; those that fail are known by {@link #error}. */
  void run(List<PretrainKey> keys, Fleet fleet) {
    List<PretrainKey> missing = new ArrayList<>();
    for (PretrainKey key : keys) {
      byId.put(key.id(inputs.data()), key);
      Optional<FinishedResult> earlier = new Attempts(inputs.run(), member(key)).finished();
      earlier.ifPresentOrElse(result -> keep(key, result), () -> missing.add(key));
    }
    found = keys.size() - missing.size();
    Cohorts cohorts = new Cohorts(fleet.slots(), inputs.spec().cluster().cohort());
    CohortOrder.Work work = inputs.withoutTeacher(inputs.spec().train().pretrain().schedule());
    List<CohortOrder> orders = new ArrayList<>();
    for (List<PretrainKey> cohort : cohorts.of(missing, PretrainKey::seed)) {
      orders.add(
          new CohortOrder(
              work,
              cohort.get(0).seed(),
              cohort.stream().map(this::member).toList(),
              Fleet.freshAttempt()));
    }
    fleet.run(orders, this);
  }

  /** Returns the paths of the students' weights, see {@link CohortOrder.Work#initial}. */
  Map<String, String> weights() {
    return Map.copyOf(weights);
  }

  /** Returns why a student could not be trained, if it could not. */
  Optional<String> error(PretrainKey key) {
    return Optional.ofNullable(errors.get(key.id(inputs.data())));
  }

  @Override
  public String name() {
    return "full-precision students";
  }

  @Override
  public int doneBefore() {
    return found;
  }

  @Override
  public void started(Training training, String attempt) {}

  @Override
  public Next ended(Training training, TrialResult result) {
    PretrainKey key = byId.get(training.id());
    if (result instanceof FinishedResult finished) {
      keep(key, finished);
      new Attempts(inputs.run(), training).deleteCheckpoints();
    } else if (result instanceof FailedResult failed) {
      errors.put(training.id(), failed.error());
    }
    return Next.GO_ON;
  }

  private void keep(PretrainKey key, FinishedResult result) {
    weights.put(CohortOrder.initialKey(key.cell()), result.weights());
  }

  private CohortMember member(PretrainKey key) {
    String id = key.id(inputs.data());
    return new CohortMember(
        new TrialSetup(id, key.cell()),
        inputs.run().pretrained(id).relative(),
        key.schedule().steps());
  }
}

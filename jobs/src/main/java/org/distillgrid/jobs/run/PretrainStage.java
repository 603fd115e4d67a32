package org.distillgrid.jobs.run;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.distillgrid.jobs.fleet.Fleet;
import org.distillgrid.jobs.fleet.FleetStage;
import org.distillgrid.jobs.fleet.RunInputs;
import org.distillgrid.jobs.fleet.Work;
import org.distillgrid.jobs.fleet.Workload;
import org.distillgrid.jobs.fleet.agenda.Item;
import org.distillgrid.jobs.fleet.agenda.Turn;
import org.distillgrid.jobs.journal.FinishedResult;
import org.distillgrid.jobs.journal.TrialResult;
import org.distillgrid.jobs.plan.PretrainKey;
import org.distillgrid.jobs.spec.SharedTraining;
import org.distillgrid.jobs.worker.Attempts;
import org.distillgrid.jobs.worker.CohortMember;
import org.distillgrid.jobs.worker.CohortOrder;
import org.distillgrid.jobs.worker.NetworkWeights;
import org.distillgrid.jobs.worker.Training;
import org.distillgrid.kd.train.TrialSetup;

/** Trains the full-precision students that trials start from, each once for all its trials. */
final class PretrainStage implements FleetStage {
  private final RunInputs inputs;
  private final Runnable began;
  private final Map<String, PretrainKey> byItem = new HashMap<>();
  private final Map<String, PretrainKey> byId = new HashMap<>();
  private final Map<PretrainKey, String> weights = new HashMap<>();
  private int found;

  /**
   * Prepares the students of a run.
   *
   * @param inputs of which neither teacher nor encoder is needed
   * @param began is called when some of them are about to be trained
   */
  PretrainStage(RunInputs inputs, Runnable began) {
    this.inputs = inputs;
    this.began = began;
  }

  /**
   * Finds a student, or declares its training.
   *
   * @param needs what has to be known before it is clear that it is needed itself
   */
  void declare(PretrainKey key, Set<String> needs, Workload work, WorkCosts costs) {
    Optional<FinishedResult> earlier = new Attempts(inputs.run(), member(key)).finished();
    if (earlier.isPresent()) {
      weights.put(key, earlier.get().weights());
      found++;
      return;
    }
    String item = item(key);
    byItem.put(item, key);
    byId.put(key.id(inputs.keys()), key);
    String company = name() + " " + key.seed();
    work.add(
        new Item(item, needs, costs.student(key), Turn.LONGEST_FIRST, company),
        new Work.Trained(this, key.schedule().steps()));
  }

  /** Returns the items that have to be done before a student is there. */
  Set<String> needs(PretrainKey key) {
    if (!key.isTrained() || weights.containsKey(key)) {
      return Set.of();
    }
    return Set.of(item(key));
  }

  /** Takes off all students but some. */
  void keepOnly(Set<PretrainKey> needed, Workload work) {
    byItem.forEach(
        (item, key) -> {
          if (!needed.contains(key)) {
            work.settle(item);
          }
        });
  }

  /** Returns the path of a trained student's weights below the run folder. */
  String weights(PretrainKey key) {
    return weights.get(key);
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
  public CohortOrder order(List<String> items) {
    began.run();
    List<PretrainKey> keys = items.stream().map(byItem::get).toList();
    SharedTraining training = inputs.spec().train().pretrain();
    int threads = inputs.spec().cluster().threadsOr(training.threads());
    return new CohortOrder(
        inputs.withoutTeacher(
            training.settings().over(inputs.spec().data()), threads, initial(keys)),
        keys.get(0).seed(),
        keys.stream().map(this::member).toList(),
        Fleet.freshAttempt());
  }

  // A student that the spec gives weights is trained on from them.
  private Map<String, String> initial(List<PretrainKey> keys) {
    Map<String, String> paths = new HashMap<>();
    for (PretrainKey key : keys) {
      NetworkWeights given = inputs.students().get(key.from().label());
      if (given != null) {
        paths.put(CohortOrder.initialKey(key.cell()), given.path());
      }
    }
    return paths;
  }

  @Override
  public void started(Training training, String attempt) {}

  @Override
  public Next ended(Training training, TrialResult result) {
    if (result instanceof FinishedResult finished) {
      weights.put(byId.get(training.id()), finished.weights());
      new Attempts(inputs.run(), training).deleteCheckpoints();
    }
    return Next.GO_ON;
  }

  // It needs nothing that could fail without the run.
  @Override
  public void dropped(String item, String error) {}

  private String item(PretrainKey key) {
    return "student " + key.id(inputs.keys());
  }

  private CohortMember member(PretrainKey key) {
    String id = key.id(inputs.keys());
    return new CohortMember(
        new TrialSetup(id, key.cell()),
        inputs.run().pretrained(id).relative(),
        key.schedule().steps());
  }
}

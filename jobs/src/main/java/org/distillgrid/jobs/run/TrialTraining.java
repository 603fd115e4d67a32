package org.distillgrid.jobs.run;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.distillgrid.jobs.fleet.Fleet;
import org.distillgrid.jobs.fleet.FleetStage;
import org.distillgrid.jobs.fleet.RunInputs;
import org.distillgrid.jobs.fleet.Work;
import org.distillgrid.jobs.fleet.Workload;
import org.distillgrid.jobs.fleet.agenda.Item;
import org.distillgrid.jobs.fleet.agenda.Turn;
import org.distillgrid.jobs.journal.Standing;
import org.distillgrid.jobs.journal.TrialResult;
import org.distillgrid.jobs.plan.PretrainKey;
import org.distillgrid.jobs.plan.Trial;
import org.distillgrid.jobs.report.CellChoice;
import org.distillgrid.jobs.worker.CohortOrder;
import org.distillgrid.jobs.worker.NetworkWeights;
import org.distillgrid.jobs.worker.Training;
import org.distillgrid.kd.error.GridException;

/**
 * Trains what is missing of a grid. What earlier runs have finished is taken over; what they have
 * begun goes on from its last checkpoint; what has failed is tried again. A trial whose id holds
 * the hash of a network that is still to be trained is work like any other: should it turn out,
 * once its id is known, that it is done or not wanted, it is taken off.
 */
final class TrialTraining implements FleetStage {
  private final GridContext grid;
  private final SharedWork shared;
  private final PredictionWork predictions;
  private final TrialLedger ledger;
  private final PretrainStage students;
  private final KnownTrials known;
  private final Choice choice;
  private final Told told;
  private final TunedTrials tuned;
  private final Workload work;
  private final Map<String, Trial> byItem = new LinkedHashMap<>();
  private final IdentityHashMap<Trial, String> orphans = new IdentityHashMap<>();

  /** Is told how the trials fare. */
  interface Told {
    /** Some of them are about to be trained. */
    void began();

    /** One has ended. */
    void ended();
  }

  /**
   * Prepares a grid.
   *
   * @param predictions has the teacher predict what trials read
   * @param students trains what trials start from
   * @param known the trials of the grid
   * @param choice which trials are trained, and what happens after a failure
   * @param tuned its tuned cells
   * @param work takes what is missing
   */
  TrialTraining(
      GridContext grid,
      SharedWork shared,
      PredictionWork predictions,
      TrialLedger ledger,
      PretrainStage students,
      KnownTrials known,
      Choice choice,
      Told told,
      TunedTrials tuned,
      Workload work) {
    this.grid = grid;
    this.shared = shared;
    this.predictions = predictions;
    this.ledger = ledger;
    this.students = students;
    this.known = known;
    this.choice = choice;
    this.told = told;
    this.tuned = tuned;
    this.work = work;
  }

  /**
   * Declares what is missing of a grid, and the students that it starts from.
   *
   * @throws GridException if it is known already that no trial is wanted
   */
  void declare(List<Trial> all, WorkCosts costs) {
    learn();
    for (Trial trial : all) {
      if (known.isOpen(trial)) {
        byItem.put("trial " + byItem.size(), trial);
      }
    }
    if (choice.only().isEmpty()) {
      tuned.reserve();
    }
    Map<PretrainKey, Set<String>> starts = new LinkedHashMap<>();
    for (Trial trial : openTrials()) {
      if (trial.from().isPretrained()) {
        starts.merge(trial.pretrainKey(), studentNeeds(trial), TrialTraining::common);
      }
    }
    if (openTrials().stream().anyMatch(Trial::isPredicted)) {
      predictions.declare(work, costs);
    }
    starts.forEach((key, needs) -> students.declare(key, needs, work, costs));
    byItem.forEach((item, trial) -> declare(item, List.of(trial), Set.of(), costs));
    IdentityHashMap<Trial, String> items = new IdentityHashMap<>();
    byItem.forEach((item, trial) -> items.put(trial, item));
    tuned
        .places()
        .forEach(place -> declare(place.item(), place.trials(), place.after(items), costs));
  }

  /**
   * Returns the trials that have to be trained, and of what is still to be chosen all there are.
   */
  private List<Trial> openTrials() {
    List<Trial> all = new ArrayList<>(byItem.values());
    all.removeIf(trial -> !known.isOpen(trial));
    tuned.places().forEach(place -> all.addAll(place.trials()));
    return all;
  }

  /** Declares an item that will be one of some trials, which have student and seed in common. */
  private void declare(String item, List<Trial> trials, Set<String> after, WorkCosts costs) {
    Set<String> needs = new HashSet<>();
    for (Trial trial : trials) {
      needs.addAll(shared.needs(trial));
      needs.addAll(students.needs(trial.pretrainKey()));
      if (trial.isPredicted()) {
        needs.addAll(predictions.needs());
      }
    }
    Trial first = trials.get(0);
    String company = name() + " " + first.cell().seed();
    work.add(
        new Item(item, needs, after, costs.trial(first), Turn.LONGEST_FIRST, company),
        new Work.Trained(this, KnownTrials.steps(first)));
  }

  // Where only some trials are wanted, a student waits until one of its trials is known to be.
  private Set<String> studentNeeds(Trial trial) {
    if (choice.only().isEmpty()) {
      return Set.of();
    }
    return shared.needs(trial);
  }

  private static Set<String> common(Set<String> one, Set<String> other) {
    Set<String> both = new HashSet<>(one);
    both.retainAll(other);
    return both;
  }

  /**
   * Learns the ids that depend on what has come to be known, and takes off what is done or not
   * wanted.
   *
   * @throws GridException if no trial is wanted
   */
  void sharedIsKnown() {
    if (known.isComplete()) {
      return;
    }
    learn();
    byItem.forEach(
        (item, trial) -> {
          if (!known.isOpen(trial)) {
            work.settle(item);
          }
        });
    List<Trial> open = openTrials();
    students.keepOnly(open.stream().map(Trial::pretrainKey).collect(Collectors.toSet()), work);
    if (open.stream().noneMatch(Trial::isPredicted)) {
      predictions.settle(work);
    }
  }

  private void learn() {
    Set<Trial> begun = Collections.newSetFromMap(new IdentityHashMap<>());
    byItem.forEach(
        (item, trial) -> {
          if (!work.isWaiting(item)) {
            begun.add(trial);
          }
        });
    for (Trial trial : known.learn(begun::contains)) {
      String error = orphans.remove(trial);
      if (error != null && known.isOpen(trial)) {
        endOrphan(trial, error);
      }
    }
    tuned.decided().forEach(this::choose);
    announce();
  }

  // Where only some are wanted, what is still to be chosen is for a later run.
  private void announce() {
    if (choice.only().isEmpty()) {
      known.announce(tuned.awaited());
    } else {
      known.announce(0);
    }
  }

  /** Puts the trials of the chosen candidate in the places that were kept for them. */
  private void choose(CellChoice chosen) {
    chosen.added().forEach(known::want);
    List<TunedTrials.Place> places = tuned.release(chosen.cell());
    if (!places.isEmpty()) {
      grid.say(chosen.text());
    }
    for (TunedTrials.Place place : places) {
      // Nothing is chosen, or what is chosen is trained anyway.
      chosen
          .added(place.seed())
          .ifPresentOrElse(trial -> put(trial, place.item()), () -> work.settle(place.item()));
    }
  }

  private void put(Trial trial, String item) {
    byItem.put(item, trial);
    Optional<String> error = tuned.error(item);
    if (!known.isOpen(trial)) {
      work.settle(item);
    } else if (error.isPresent()) {
      endOrphan(trial, error.get());
    }
  }

  @Override
  public String name() {
    return "trials";
  }

  @Override
  public int doneBefore() {
    return known.before();
  }

  @Override
  public CohortOrder order(List<String> items) {
    told.began();
    List<Trial> trials = items.stream().map(byItem::get).toList();
    return new CohortOrder(
        taught(trials).trials(initial(trials)),
        trials.get(0).cell().seed(),
        trials.stream().map(known::member).toList(),
        Fleet.freshAttempt());
  }

  private Map<String, String> initial(List<Trial> trials) {
    Map<String, String> paths = new HashMap<>();
    for (Trial trial : trials) {
      firstWeights(trial).ifPresent(path -> paths.put(CohortOrder.initialKey(trial.cell()), path));
    }
    return paths;
  }

  private Optional<String> firstWeights(Trial trial) {
    return switch (trial.from().start()) {
      case PRETRAINED -> Optional.of(students.weights(trial.pretrainKey()));
      case SCRATCH -> Optional.empty();
      case GIVEN -> Optional.of(shared.inputs().students().get(trial.from().label()).path());
      case TEACHER -> Optional.of(shared.inputs().teacher().path());
    };
  }

  @Override
  public void started(Training training, String attempt) {
    ledger.begin(training, attempt);
    grid.listener().trialStarted(known.trial(training.id()), training.id());
  }

  @Override
  public Next ended(Training training, TrialResult result) {
    end(training, result);
    return result.either(finished -> Next.GO_ON, failed -> choice.afterFailure());
  }

  @Override
  public void dropped(String item, String error) {
    Trial trial = byItem.get(item);
    if (trial == null) {
      tuned.drop(item, error);
    } else if (known.isKnown(trial)) {
      endOrphan(trial, error);
    } else {
      orphans.put(trial, error);
    }
  }

  private void endOrphan(Trial trial, String error) {
    String why = "Cannot start: its full-precision student failed: " + error;
    TrialResult result = inputs(List.of(trial)).trials(Map.of()).neverRun(known.id(trial), why);
    end(known.member(trial), result);
  }

  private void end(Training training, TrialResult result) {
    Standing standing = ledger.settle(training, result);
    Trial trial = known.trial(training.id());
    grid.listener().trialEnded(new TrialOutcome(trial, standing, grid.run()));
    tuned.decidedBy(trial).ifPresent(this::choose);
    told.ended();
  }

  private RunInputs taught(List<Trial> trials) {
    if (trials.stream().anyMatch(Trial::isPredicted)) {
      return predictions.in(inputs(trials));
    }
    return inputs(trials);
  }

  // A cohort that reads no teacher is not told of one: it starts whether there is one or not.
  private RunInputs inputs(List<Trial> trials) {
    if (trials.stream().anyMatch(Trial::readsTeacher)) {
      return shared.inputs();
    }
    return shared.inputs().withTeacher(NetworkWeights.NONE);
  }
}

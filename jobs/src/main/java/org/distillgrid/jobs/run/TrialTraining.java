package org.distillgrid.jobs.run;

import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.distillgrid.jobs.fleet.FleetStage;
import org.distillgrid.jobs.fleet.Work;
import org.distillgrid.jobs.fleet.Workload;
import org.distillgrid.jobs.fleet.agenda.Item;
import org.distillgrid.jobs.fleet.agenda.Turn;
import org.distillgrid.jobs.journal.Standing;
import org.distillgrid.jobs.journal.TrialResult;
import org.distillgrid.jobs.plan.Trial;
import org.distillgrid.jobs.report.CellChoice;
import org.distillgrid.jobs.worker.CohortOrder;
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
  private final TrialNeeds needs;
  private final TrialLedger ledger;
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
   * @param needs of the trials
   * @param known the trials of the grid
   * @param choice which trials are trained, and what happens after a failure
   * @param tuned its tuned cells
   * @param work takes what is missing
   */
  TrialTraining(
      GridContext grid,
      TrialNeeds needs,
      TrialLedger ledger,
      KnownTrials known,
      Choice choice,
      Told told,
      TunedTrials tuned,
      Workload work) {
    this.grid = grid;
    this.needs = needs;
    this.ledger = ledger;
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
    if (choice.isOfAll()) {
      tuned.reserve();
    }
    needs.declare(openTrials(), choice, work, costs);
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
    Trial first = trials.get(0);
    String company = name() + " " + first.cell().seed();
    work.add(
        new Item(item, needs.items(trials), after, costs.trial(first), Turn.LONGEST_FIRST, company),
        new Work.Trained(this, KnownTrials.steps(first)));
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
    needs.keepOnly(openTrials(), work);
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
    int awaited = 0;
    if (choice.isOfAll()) {
      awaited = tuned.awaited();
    }
    known.announce(awaited);
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
    return needs.order(items.stream().map(byItem::get).toList(), known);
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
    TrialResult result =
        needs.inputs(List.of(trial)).trials(Map.of()).neverRun(known.id(trial), why);
    end(known.member(trial), result);
  }

  private void end(Training training, TrialResult result) {
    Standing standing = ledger.settle(training, result);
    Trial trial = known.trial(training.id());
    grid.listener().trialEnded(new TrialOutcome(trial, standing, grid.run()));
    tuned.decidedBy(trial).ifPresent(this::choose);
    told.ended();
  }
}

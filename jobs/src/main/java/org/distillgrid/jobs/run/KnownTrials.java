package org.distillgrid.jobs.run;

import java.util.Collections;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.distillgrid.jobs.plan.Trial;
import org.distillgrid.jobs.plan.TrialIds;
import org.distillgrid.jobs.plan.TrialPlan;
import org.distillgrid.jobs.worker.CohortMember;
import org.distillgrid.kd.error.ErrorCode;
import org.distillgrid.kd.error.GridException;
import org.distillgrid.kd.train.TrialSetup;

/**
 * The trials of a grid whose ids are known by now, and which of them are done: an id may hold the
 * hash of a network that is still to be trained.
 */
final class KnownTrials {
  private final GridContext grid;
  private final SharedWork shared;
  private final TrialLedger ledger;
  private final Choice choice;
  // Tables ask for them on a thread of their own.
  private final Map<Trial, String> ids = Collections.synchronizedMap(new IdentityHashMap<>());
  private final Map<String, Trial> byId = new HashMap<>();
  private final Set<Trial> later;
  private List<Trial> unknown;
  private boolean isFormerTaken;
  private boolean isAnnounced;
  private int wanted;
  private int before;

  /** Knows none of the trials of a grid yet. */
  KnownTrials(
      GridContext grid, SharedWork shared, TrialLedger ledger, Choice choice, TrialPlan plan) {
    this.grid = grid;
    this.shared = shared;
    this.ledger = ledger;
    this.choice = choice;
    this.unknown = plan.trials();
    this.later = plan.later();
  }

  /** Returns whether there is nothing left to learn. */
  boolean isComplete() {
    return unknown.isEmpty() && isFormerTaken;
  }

  /**
   * Learns the ids that depend on nothing which is still to come, and takes over what earlier runs
   * have finished of these trials.
   *
   * @param begun returns whether a trial is under way, whose former result then comes too late
   * @return the trials whose ids were not known before
   */
  List<Trial> learn(Predicate<Trial> begun) {
    Map<Boolean, List<Trial>> byKnown =
        unknown.stream().collect(Collectors.partitioningBy(trial -> shared.needs(trial).isEmpty()));
    unknown = byKnown.get(false);
    List<Trial> learnt = byKnown.get(true);
    learn(learnt);
    if (!isFormerTaken && shared.teacherIsKnown()) {
      isFormerTaken = true;
      takeOverFormer(begun);
    }
    return learnt;
  }

  private void learn(List<Trial> known) {
    TrialIds all = TrialIds.of(known, shared.inputs().keys());
    for (Trial trial : known) {
      ids.put(trial, all.id(trial));
      byId.put(all.id(trial), trial);
    }
    ledger.adopt(known.stream().map(this::member).toList(), grid::say);
    for (Trial trial : known) {
      if (isWanted(trial)) {
        wanted++;
        countBefore(trial);
      }
    }
  }

  private void takeOverFormer(Predicate<Trial> begun) {
    List<Trial> missing =
        byId.values().stream()
            .filter(trial -> !trial.readsTeacher() && !ledger.isFinished(ids.get(trial)))
            .filter(begun.negate())
            .toList();
    if (missing.isEmpty()) {
      // To look for former results is to list every attempt.
      return;
    }
    FormerResults former = new FormerResults(grid.run(), shared.inputs().keys());
    for (Trial trial : missing) {
      CohortMember now = member(trial);
      former.takeOver(trial, now).ifPresent(result -> ledger.settle(now, result));
      if (isWanted(trial)) {
        countBefore(trial);
      }
    }
  }

  private void countBefore(Trial trial) {
    if (ledger.isFinished(ids.get(trial))) {
      before++;
    }
  }

  /** Learns that a choice has made a trial wanted. */
  void want(Trial trial) {
    later.remove(trial);
    if (isWanted(trial)) {
      wanted++;
      countBefore(trial);
    }
  }

  /**
   * Tells how many trials there are, once all ids are known.
   *
   * @param awaited trials that are still to be chosen
   * @throws GridException if no trial is wanted
   */
  void announce(int awaited) {
    if (!unknown.isEmpty() || isAnnounced) {
      return;
    }
    isAnnounced = true;
    if (wanted == 0) {
      throw GridException.of(
          ErrorCode.USAGE, "Cannot train only %s: no trial's id begins so", choice.only());
    }
    grid.say(
        String.format(
            "Trials: %d, %d finished before, %d to train",
            wanted + awaited, before, wanted + awaited - before));
  }

  /** Returns how many wanted trials earlier runs have finished. */
  int before() {
    return before;
  }

  /** Returns whether a trial's id is known. */
  boolean isKnown(Trial trial) {
    return ids.containsKey(trial);
  }

  /** Returns whether a trial's id is known and asked for, and no choice speaks against it. */
  boolean isWanted(Trial trial) {
    return isKnown(trial) && !later.contains(trial) && ids.get(trial).startsWith(choice.only());
  }

  /** Returns whether a trial has to be trained, as far as is known. */
  boolean isOpen(Trial trial) {
    return !isKnown(trial) || (isWanted(trial) && !ledger.isFinished(ids.get(trial)));
  }

  /** Returns a trial's id, or null as long as it is not known. */
  String id(Trial trial) {
    return ids.get(trial);
  }

  /** Returns the trial of an id. */
  Trial trial(String id) {
    return byId.get(id);
  }

  /** Returns a trial whose id is known as a cohort takes it. */
  CohortMember member(Trial trial) {
    String id = ids.get(trial);
    return new CohortMember(
        new TrialSetup(id, trial.cell()), grid.run().attempts(id).relative(), steps(trial));
  }

  /** Returns the steps of a trial. */
  static long steps(Trial trial) {
    if (trial.cell().isTrained()) {
      return trial.train().steps();
    }
    return 0;
  }
}

package org.distillgrid.jobs.fleet;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import org.distillgrid.jobs.folder.Messages;
import org.distillgrid.jobs.folder.RunFolder;
import org.distillgrid.jobs.journal.TrialResult;
import org.distillgrid.jobs.worker.AttemptFolder;
import org.distillgrid.jobs.worker.Attempts;
import org.distillgrid.jobs.worker.CohortMember;
import org.distillgrid.jobs.worker.CohortOrder;

/** One cohort on its way: handed to Spark, and watched through the folders of its attempts. */
final class Dispatch {
  private final CohortOrder order;
  private final int round;
  private final Map<String, CohortMember> open = new LinkedHashMap<>();
  private volatile boolean begun;
  private boolean announced;
  private Future<List<TrialResult>> future;
  private long firstStep = -1;
  private long step;

  /**
   * Prepares a cohort for Spark.
   *
   * @param round how often its members have been handed to Spark before
   */
  Dispatch(CohortOrder order, int round) {
    this.order = order;
    this.round = round;
    order.members().forEach(member -> open.put(member.id(), member));
  }

  /** What has become of a member. */
  record Ending(CohortMember member, TrialResult result) {}

  CohortOrder order() {
    return order;
  }

  int round() {
    return round;
  }

  void submitted(Future<List<TrialResult>> handedOver) {
    future = handedOver;
  }

  /** Notes that a slot is free for it; called by the thread that waits for Spark. */
  void begin() {
    begun = true;
  }

  /** Returns whether a slot was free for it. */
  boolean hasBegun() {
    return begun;
  }

  /** Returns whether it has begun, the first time that it has. */
  boolean justBegun() {
    if (announced || !begun) {
      return false;
    }
    announced = true;
    return true;
  }

  boolean isDone() {
    return future.isDone();
  }

  void cancel() {
    future.cancel(false);
  }

  Collection<CohortMember> open() {
    return List.copyOf(open.values());
  }

  /** Returns how many members a device is at work on. */
  int running() {
    if (begun) {
      return open.size();
    }
    return 0;
  }

  /** Returns the members that have left a result in their folders since the last call. */
  List<Ending> endings(RunFolder run) {
    List<Ending> endings = new ArrayList<>();
    if (!begun) {
      return endings;
    }
    for (CohortMember member : open()) {
      new Attempts(run, member)
          .results().stream()
              .filter(result -> result.attempt().startsWith(order.attempt()))
              .reduce((earlier, later) -> later)
              .ifPresent(result -> endings.add(end(member, result)));
    }
    look(run);
    return endings;
  }

  /**
   * Returns the members that the task itself reports and whose folders say nothing.
   *
   * @throws ExecutionException if Spark gave the task up
   */
  List<Ending> lastEndings() throws ExecutionException, InterruptedException {
    List<Ending> endings = new ArrayList<>();
    for (TrialResult result : future.get()) {
      Optional.ofNullable(open.get(result.trialId()))
          .ifPresent(member -> endings.add(end(member, result)));
    }
    return endings;
  }

  /** Returns the steps made since it was first looked at, over all its members. */
  long stepsDone() {
    if (firstStep < 0) {
      return 0;
    }
    long made = 0;
    for (CohortMember member : order.members()) {
      long reached = step;
      if (!open.containsKey(member.id())) {
        reached = member.steps();
      }
      made += Math.max(0, Math.min(reached, member.steps()) - firstStep);
    }
    return made;
  }

  /** Returns the steps that its open members still have to make. */
  long stepsLeft() {
    return open.values().stream().mapToLong(member -> Math.max(0, member.steps() - step)).sum();
  }

  /** Returns one line on why Spark gave it up. */
  static String reason(Throwable failure) {
    return Messages.firstLine(failure);
  }

  private Ending end(CohortMember member, TrialResult result) {
    open.remove(member.id());
    return new Ending(member, result);
  }

  private void look(RunFolder run) {
    for (CohortMember member : order.members()) {
      for (String attempt : new Attempts(run, member).ids()) {
        if (attempt.startsWith(order.attempt())) {
          member.attempt(run, attempt).progress().ifPresent(this::advance);
        }
      }
    }
  }

  private void advance(AttemptFolder.Advance advance) {
    if (firstStep < 0) {
      firstStep = Math.max(0, advance.step() - 1);
    }
    step = Math.max(step, advance.step());
  }
}

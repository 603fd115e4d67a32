package org.distillgrid.jobs.fleet;

import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import org.distillgrid.jobs.journal.TrialResult;
import org.distillgrid.jobs.worker.Training;
import org.distillgrid.jobs.worker.TrainingOrder;

/** One training order on its way: which of its trainings are open, and how far they have come. */
final class Dispatch {
  private final FleetStage stage;
  private final Map<String, Listed> places;
  private final TrainingOrder order;
  private final int round;
  private final Submission<List<TrialResult>> submission;
  private final Map<String, Training> open = new LinkedHashMap<>();
  private final Stopwatch stopwatch;
  private boolean announced;
  private long firstStep = -1;
  private long step;

  /**
   * Follows an order that has been handed over.
   *
   * @param stage is told how its trainings fare
   * @param places where its trainings stand on the agenda, by their ids
   * @param round how often its trainings have been handed over, this time included
   */
  Dispatch(
      FleetStage stage,
      Map<String, Listed> places,
      TrainingOrder order,
      int round,
      Submission<List<TrialResult>> submission,
      InstantSource clock) {
    this.stage = stage;
    this.places = Map.copyOf(places);
    this.order = order;
    this.round = round;
    this.submission = submission;
    this.stopwatch = new Stopwatch(clock);
    order.trainings().forEach(training -> open.put(training.id(), training));
  }

  /** What has become of a training. */
  record Ending(Training training, TrialResult result) {}

  FleetStage stage() {
    return stage;
  }

  Map<String, Listed> places() {
    return places;
  }

  Listed place(Training training) {
    return places.get(training.id());
  }

  TrainingOrder order() {
    return order;
  }

  int round() {
    return round;
  }

  /** Returns whether it has begun, the first time that it has. */
  boolean hasJustBegun() {
    if (announced || !submission.hasBegun()) {
      return false;
    }
    announced = true;
    stopwatch.begins();
    return true;
  }

  boolean isDone() {
    return submission.isDone();
  }

  void cancel() {
    submission.cancel();
  }

  List<Training> open() {
    return List.copyOf(open.values());
  }

  /** Returns how many trainings a device is at work on. */
  int running() {
    if (submission.hasBegun()) {
      return open.size();
    }
    return 0;
  }

  /** Returns the trainings that are seen to have ended since the last call. */
  List<Ending> endings(Watch watch) {
    List<Ending> endings = new ArrayList<>();
    if (!submission.hasBegun()) {
      return endings;
    }
    for (Training training : open()) {
      watch.result(order, training).ifPresent(result -> endings.add(end(training, result)));
    }
    watch.steps(order).forEach(this::advance);
    return endings;
  }

  /**
   * Returns the trainings that only the order's own answer tells of.
   *
   * @throws ExecutionException if the order was given up
   */
  List<Ending> lastEndings() throws ExecutionException {
    List<Ending> endings = new ArrayList<>();
    for (TrialResult result : submission.result()) {
      Optional.ofNullable(open.get(result.trialId()))
          .ifPresent(training -> endings.add(end(training, result)));
    }
    return endings;
  }

  /** Returns the steps made since it was first looked at, over all its trainings. */
  long stepsDone() {
    if (firstStep < 0) {
      return 0;
    }
    long made = 0;
    for (Training training : order.trainings()) {
      long reached = step;
      if (!open.containsKey(training.id())) {
        reached = training.steps();
      }
      made += Math.max(0, Math.min(reached, training.steps()) - firstStep);
    }
    return made;
  }

  /** Returns how far it has come, and how fast. */
  Pace pace() {
    double done = 0;
    double left = 0;
    for (Training training : order.trainings()) {
      double cost = place(training).cost();
      double share = share(training, step);
      if (!open.containsKey(training.id())) {
        share = 1;
      } else {
        left += cost * (1 - share);
      }
      done += cost * Math.max(0, share - share(training, firstStep));
    }
    double seconds = stopwatch.seconds();
    if (seconds == 0) {
      done = 0;
    }
    return new Pace(done, left, left, seconds, running() > 0);
  }

  /** Notes that nothing more is to come of it. */
  void ends() {
    stopwatch.ends();
  }

  private double share(Training training, long reached) {
    if (training.steps() == 0) {
      return 0;
    }
    return place(training).done(Math.min(1, (double) Math.max(0, reached) / training.steps()));
  }

  /** Returns the steps that its open trainings still have to make. */
  long stepsLeft() {
    return open.values().stream().mapToLong(training -> Math.max(0, training.steps() - step)).sum();
  }

  private Ending end(Training training, TrialResult result) {
    open.remove(training.id());
    return new Ending(training, result);
  }

  private void advance(long reached) {
    if (firstStep < 0) {
      firstStep = Math.max(0, reached - 1);
      stopwatch.steps();
    }
    step = Math.max(step, reached);
  }
}

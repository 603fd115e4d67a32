package org.distillgrid.jobs.fleet;

import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import org.distillgrid.jobs.folder.Messages;
import org.distillgrid.jobs.journal.FailedResult;
import org.distillgrid.jobs.worker.Training;
import org.distillgrid.jobs.worker.TrainingOrder;
import org.distillgrid.kd.error.ErrorCode;
import org.distillgrid.kd.error.GridException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A workload at work, from the first order that is handed over to the end of the last. Only what is
 * under way is looked at: the rest waits on its agenda, and an order is made when a slot is free
 * for it.
 */
final class FleetRun {
  private static final Logger LOGGER = LoggerFactory.getLogger(FleetRun.class);

  /** A cohort, then its members alone, so that one that kills its process takes no other along. */
  private static final int ROUNDS = 3;

  /** A training that its process was lost with. */
  private record Again(Dispatch lost, TrainingOrder order) {}

  private final Submitter submitter;
  private final Watch watch;
  private final Workload work;
  private final Errands errands;
  private final WholeProgress whole;
  private final InstantSource clock;
  private final Deque<Again> again = new ArrayDeque<>();
  private final List<Dispatch> underWay = new ArrayList<>();

  FleetRun(Submitter submitter, Watch watch, Workload work, InstantSource clock) {
    this.submitter = submitter;
    this.watch = watch;
    this.work = work;
    this.errands = new Errands(submitter, work);
    this.whole = new WholeProgress(work, errands, submitter.slots(), clock);
    this.clock = clock;
  }

  /** Returns when everything is over or a stage has said stop; leaves nothing under way. */
  void run(Progress progress, Runnable looked) {
    try {
      FleetStage.Next next = FleetStage.Next.GO_ON;
      handOver();
      while (next == FleetStage.Next.GO_ON && isUnderWay()) {
        submitter.pause();
        next = visit();
        if (next == FleetStage.Next.GO_ON) {
          handOver();
        }
        progress.show(line());
        looked.run();
      }
    } catch (RuntimeException e) {
      bringHome(e);
      throw e;
    } finally {
      underWay.forEach(Dispatch::cancel);
      errands.cancel();
      progress.end();
    }
  }

  private boolean isUnderWay() {
    boolean any = !underWay.isEmpty() || !errands.isEmpty();
    if (!any && !work.isOver()) {
      throw new IllegalStateException("Nothing is under way, yet there is work left");
    }
    return any;
  }

  private int free() {
    return submitter.slots() - underWay.size() - errands.slots();
  }

  private void handOver() {
    while (submitter.hasRoomBeside() || free() > 0) {
      Optional<String> item = work.nextBeside();
      if (item.isEmpty()) {
        break;
      }
      submit(item.stream().toList());
    }
    for (int free = free(); free > 0 && !again.isEmpty(); free--) {
      Again next = again.removeFirst();
      Dispatch lost = next.lost();
      submit(lost.stage(), lost.places(), next.order(), lost.round() + 1);
    }
    for (int free = free(); free > 0; free--) {
      Optional<List<String>> items = work.next(free);
      if (items.isEmpty()) {
        break;
      }
      submit(items.get());
    }
  }

  private void submit(List<String> items) {
    List<Listed> all = items.stream().map(work::handOver).toList();
    Work first = all.get(0).work();
    if (first instanceof Work.Answered<?> answered) {
      errands.submit(all.get(0), answered);
    } else if (first instanceof Work.Beside<?> beside) {
      errands.submit(all.get(0), beside);
    } else if (first instanceof Work.Trained trained) {
      FleetStage stage = trained.trained();
      TrainingOrder order = stage.order(items);
      List<? extends Training> trainings = order.trainings();
      // By order: what two stages train may have the same id, a teacher and a student for instance.
      Map<String, Listed> places = new HashMap<>();
      for (int i = 0; i < items.size(); i++) {
        places.put(trainings.get(i).id(), all.get(i));
      }
      submit(stage, places, order, 1);
    }
  }

  private void submit(
      FleetStage stage, Map<String, Listed> places, TrainingOrder order, int round) {
    underWay.add(new Dispatch(stage, places, order, round, submitter.submit(order), clock));
  }

  private FleetStage.Next visit() {
    try {
      errands.visit();
    } catch (GridException e) {
      requireGoingOn();
      throw e;
    }
    for (Dispatch dispatch : List.copyOf(underWay)) {
      if (dispatch.hasJustBegun()) {
        String attempt = dispatch.order().attempt();
        dispatch.open().forEach(training -> dispatch.stage().started(training, attempt));
      }
      for (Dispatch.Ending ending : endings(dispatch)) {
        if (end(dispatch, ending) == FleetStage.Next.STOP) {
          return FleetStage.Next.STOP;
        }
      }
    }
    return FleetStage.Next.GO_ON;
  }

  private List<Dispatch.Ending> endings(Dispatch dispatch) {
    // Asked before its folders are read: what is done then has all its results in them.
    boolean done = dispatch.isDone();
    List<Dispatch.Ending> endings = new ArrayList<>(dispatch.endings(watch));
    if (done) {
      underWay.remove(dispatch);
      endings.addAll(lastEndings(dispatch));
      dispatch.ends();
      whole.over(dispatch);
    }
    return endings;
  }

  private FleetStage.Next end(Dispatch dispatch, Dispatch.Ending ending) {
    Training training = ending.training();
    FleetStage.Next next = dispatch.stage().ended(training, ending.result());
    Listed place = dispatch.place(training);
    if (ending.result() instanceof FailedResult failed) {
      work.fail(place, failed.error());
    } else {
      work.done(place);
    }
    return next;
  }

  private List<Dispatch.Ending> lastEndings(Dispatch dispatch) {
    List<Dispatch.Ending> endings = new ArrayList<>();
    String reason = "its task ended without a word of it";
    try {
      endings.addAll(dispatch.lastEndings());
    } catch (ExecutionException e) {
      reason = Messages.firstLine(e.getCause());
    }
    endings.addAll(lost(dispatch, reason));
    return endings;
  }

  private List<Dispatch.Ending> lost(Dispatch dispatch, String reason) {
    requireGoingOn();
    List<Dispatch.Ending> endings = new ArrayList<>();
    for (Training training : dispatch.open()) {
      if (dispatch.round() < ROUNDS) {
        LOGGER.warn("{} is tried again alone: {}", training.id(), reason);
        TrainingOrder alone = dispatch.order().alone(training, Fleet.freshAttempt());
        again.add(new Again(dispatch, alone));
      } else {
        String error = "Cannot train: lost " + ROUNDS + " times with its process: " + reason;
        endings.add(new Dispatch.Ending(training, dispatch.order().neverRun(training.id(), error)));
      }
    }
    return endings;
  }

  // A user's Ctrl-C or the cluster's end says nothing of a trial: it must not count as its failure.
  private void requireGoingOn() {
    if (submitter.isStopped()) {
      throw GridException.of(
          ErrorCode.CLUSTER,
          "Cannot go on: Spark was stopped; the same command goes on from the last checkpoints");
    }
  }

  /** Brings home what has ended when something stops the run; the rest has its checkpoints. */
  private void bringHome(RuntimeException why) {
    try {
      for (Dispatch dispatch : List.copyOf(underWay)) {
        dispatch.endings(watch).forEach(ending -> end(dispatch, ending));
      }
    } catch (RuntimeException e) {
      why.addSuppressed(e);
    }
  }

  private ProgressLine line() {
    List<Listed> lost = new ArrayList<>();
    for (Again each : again) {
      each.order().trainings().forEach(training -> lost.add(each.lost().place(training)));
    }
    return whole.line(underWay, lost);
  }
}

package org.distillgrid.jobs.fleet;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.stream.Stream;
import org.distillgrid.jobs.folder.Messages;
import org.distillgrid.jobs.journal.FinishedResult;
import org.distillgrid.jobs.worker.Training;
import org.distillgrid.jobs.worker.TrainingOrder;
import org.distillgrid.kd.error.ErrorCode;
import org.distillgrid.kd.error.GridException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The orders of one stage, from the first that is handed over to the end of the last. */
final class FleetRun {
  private static final Logger LOGGER = LoggerFactory.getLogger(FleetRun.class);

  /** A cohort, then its members alone, so that one that kills its process takes no other along. */
  private static final int ROUNDS = 3;

  private final Submitter submitter;
  private final Watch watch;
  private final FleetStage stage;
  private final long began = System.nanoTime();
  private final List<Dispatch> underWay = new ArrayList<>();
  private final List<Dispatch> over = new ArrayList<>();
  private int finished;
  private int failed;

  FleetRun(Submitter submitter, Watch watch, FleetStage stage) {
    this.submitter = submitter;
    this.watch = watch;
    this.stage = stage;
  }

  /** Returns when every training has ended or the stage has said stop; leaves nothing under way. */
  void run(List<? extends TrainingOrder> orders, Progress progress) {
    try {
      orders.forEach(order -> submit(order, 1));
      FleetStage.Next next = FleetStage.Next.GO_ON;
      while (next == FleetStage.Next.GO_ON && !underWay.isEmpty()) {
        submitter.pause();
        next = visit();
        progress.show(line());
      }
    } finally {
      underWay.forEach(Dispatch::cancel);
      progress.end();
    }
  }

  private void submit(TrainingOrder order, int round) {
    underWay.add(new Dispatch(order, round, submitter.submit(order)));
  }

  private FleetStage.Next visit() {
    for (Dispatch dispatch : List.copyOf(underWay)) {
      if (dispatch.hasJustBegun()) {
        String attempt = dispatch.order().attempt();
        dispatch.open().forEach(training -> stage.started(training, attempt));
      }
      for (Dispatch.Ending ending : endings(dispatch)) {
        if (end(ending) == FleetStage.Next.STOP) {
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
      over.add(dispatch);
      endings.addAll(lastEndings(dispatch));
    }
    return endings;
  }

  private FleetStage.Next end(Dispatch.Ending ending) {
    if (ending.result() instanceof FinishedResult) {
      finished++;
    } else {
      failed++;
    }
    return stage.ended(ending.training(), ending.result());
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
    // A user's Ctrl-C or the cluster's end says nothing of a trial: it must not count as its
    // failure.
    if (submitter.isStopped()) {
      throw GridException.of(
          ErrorCode.CLUSTER,
          "Cannot go on: Spark was stopped; the same command goes on from the last checkpoints");
    }
    List<Dispatch.Ending> endings = new ArrayList<>();
    for (Training training : dispatch.open()) {
      if (dispatch.round() < ROUNDS) {
        LOGGER.warn("{} is tried again alone: {}", training.id(), reason);
        TrainingOrder again = dispatch.order().alone(training, Fleet.freshAttempt());
        submit(again, dispatch.round() + 1);
      } else {
        String error = "Cannot train: lost " + ROUNDS + " times with its process: " + reason;
        endings.add(new Dispatch.Ending(training, dispatch.order().neverRun(training.id(), error)));
      }
    }
    return endings;
  }

  private ProgressLine line() {
    int open = underWay.stream().mapToInt(dispatch -> dispatch.open().size()).sum();
    return new ProgressLine(
        stage.name(),
        stage.doneBefore() + finished,
        failed,
        underWay.stream().mapToInt(Dispatch::running).sum(),
        stage.doneBefore() + finished + failed + open,
        Stream.concat(underWay.stream(), over.stream()).mapToLong(Dispatch::stepsDone).sum(),
        underWay.stream().mapToLong(Dispatch::stepsLeft).sum(),
        Duration.ofNanos(System.nanoTime() - began));
  }
}

package org.distillgrid.jobs.fleet;

import java.io.Serializable;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.apache.spark.api.java.JavaSparkContext;
import org.distillgrid.jobs.cluster.Slots;
import org.distillgrid.jobs.cluster.SparkSessions;
import org.distillgrid.jobs.folder.Messages;
import org.distillgrid.jobs.folder.RunFolder;
import org.distillgrid.jobs.journal.FinishedResult;
import org.distillgrid.jobs.journal.ImageMetrics;
import org.distillgrid.jobs.journal.TrialResult;
import org.distillgrid.jobs.worker.CohortMember;
import org.distillgrid.jobs.worker.CohortOrder;
import org.distillgrid.jobs.worker.CohortTask;
import org.distillgrid.jobs.worker.ReferenceTask;
import org.distillgrid.kd.error.ErrorCode;
import org.distillgrid.kd.error.GridException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Trains cohorts on the slots of a cluster, each as a small Spark job of its own, no more at once
 * than there are slots. Members are brought home one by one, while their companions still train.
 */
public final class Fleet {
  private static final Logger LOGGER = LoggerFactory.getLogger(Fleet.class);
  private static final Duration POLL = Duration.ofSeconds(1);

  /** A cohort, then its members alone, so that one that kills its process takes no other along. */
  private static final int ROUNDS = 3;

  private final JavaSparkContext spark;
  private final Slots slots;
  private final RunFolder run;
  private final ProgressDisplay display;
  private final List<Dispatch> under = new ArrayList<>();
  private final List<Dispatch> landed = new ArrayList<>();

  /** Trains on the given slots. */
  public Fleet(JavaSparkContext spark, Slots slots, RunFolder run, ProgressDisplay display) {
    this.spark = spark;
    this.slots = slots;
    this.run = run;
    this.display = display;
  }

  /** Returns a fresh beginning for the ids of attempts; later ones sort after earlier ones. */
  public static String freshAttempt() {
    String random = UUID.randomUUID().toString().substring(0, 6);
    return String.format("%012x-%s", System.currentTimeMillis(), random);
  }

  /** Returns how many cohorts can train at once. */
  public int slots() {
    return slots.count();
  }

  /**
   * Trains all members of the orders, and returns when each has ended or the stage has said stop.
   *
   * @throws GridException whatever the stage throws; everything under way is stopped before
   */
  public void run(List<CohortOrder> orders, FleetStage stage) {
    if (orders.isEmpty()) {
      return;
    }
    long began = System.nanoTime();
    Tally tally = new Tally();
    under.clear();
    landed.clear();
    ExecutorService drivers =
        Executors.newFixedThreadPool(Math.min(slots.count(), Math.max(1, orders.size())));
    try {
      orders.forEach(order -> submit(drivers, order, 1));
      boolean goOn = true;
      while (goOn && !under.isEmpty()) {
        pause();
        goOn = visit(drivers, stage, tally);
        display.show(line(stage, tally, Duration.ofNanos(System.nanoTime() - began)));
      }
    } finally {
      stop();
      drivers.shutdownNow();
      display.end();
    }
  }

  /**
   * Scores what trials are compared with.
   *
   * @param work names the teacher and the test images
   * @throws GridException if an image or the teacher cannot be used
   */
  public References references(CohortOrder.Work work) {
    try {
      spark.setLocalProperty(SparkSessions.POOL_PROPERTY, SparkSessions.TRIAL_POOL);
      return slots
          .occupy(spark.parallelize(List.of(work), 1))
          .map(each -> new References(ReferenceTask.teacher(each), ReferenceTask.bicubic(each)))
          .collect()
          .get(0);
    } catch (RuntimeException e) {
      throw known(e);
    } finally {
      spark.setLocalProperty(SparkSessions.POOL_PROPERTY, null);
    }
  }

  /**
   * Scores of what trials are compared with.
   *
   * @param teacher the teacher's; empty when there is none
   * @param bicubic those of bicubic interpolation, or of the input itself at scale 1
   */
  public record References(List<ImageMetrics> teacher, List<ImageMetrics> bicubic)
      implements Serializable {
    /** Takes unmodifiable copies. */
    public References {
      teacher = List.copyOf(teacher);
      bicubic = List.copyOf(bicubic);
    }
  }

  private static final class Tally {
    private int done;
    private int failed;

    void count(TrialResult result) {
      if (result instanceof FinishedResult) {
        done++;
      } else {
        failed++;
      }
    }
  }

  private void submit(ExecutorService drivers, CohortOrder order, int round) {
    Dispatch dispatch = new Dispatch(order, round);
    dispatch.submitted(drivers.submit(() -> train(dispatch)));
    under.add(dispatch);
  }

  private List<TrialResult> train(Dispatch dispatch) {
    CohortOrder order = dispatch.order();
    dispatch.begin();
    spark.setLocalProperty(SparkSessions.POOL_PROPERTY, SparkSessions.TRIAL_POOL);
    spark.setJobGroup(order.attempt(), "cohort of " + order.members().size(), false);
    return slots
        .occupy(spark.parallelize(List.of(order), 1))
        .flatMap(each -> CohortTask.run(each).iterator())
        .collect();
  }

  private boolean visit(ExecutorService drivers, FleetStage stage, Tally tally) {
    for (Dispatch dispatch : List.copyOf(under)) {
      if (dispatch.justBegun()) {
        dispatch.open().forEach(member -> stage.started(member, dispatch.order().attempt()));
      }
      // Asked before its folders are read: what is done then has all its results in them.
      boolean done = dispatch.isDone();
      List<Dispatch.Ending> endings = dispatch.endings(run);
      if (done) {
        endings.addAll(land(drivers, dispatch));
      }
      for (Dispatch.Ending ending : endings) {
        tally.count(ending.result());
        if (stage.ended(ending.member(), ending.result()) == FleetStage.Next.STOP) {
          return false;
        }
      }
    }
    return true;
  }

  private List<Dispatch.Ending> land(ExecutorService drivers, Dispatch dispatch) {
    under.remove(dispatch);
    landed.add(dispatch);
    List<Dispatch.Ending> endings = new ArrayList<>();
    String reason = "its task ended without a word of it";
    try {
      endings.addAll(dispatch.lastEndings());
    } catch (ExecutionException e) {
      reason = Dispatch.reason(e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw GridException.of(e, ErrorCode.CLUSTER, "Cannot go on: interrupted");
    }
    endings.addAll(lost(drivers, dispatch, reason));
    return endings;
  }

  private List<Dispatch.Ending> lost(ExecutorService drivers, Dispatch dispatch, String reason) {
    // A user's Ctrl-C or the cluster's end says nothing of a trial: it must not count as its
    // failure.
    if (spark.sc().isStopped()) {
      throw GridException.of(
          ErrorCode.CLUSTER,
          "Cannot go on: Spark was stopped; the same command goes on from the last checkpoints");
    }
    List<Dispatch.Ending> endings = new ArrayList<>();
    for (CohortMember member : dispatch.open()) {
      if (dispatch.round() < ROUNDS) {
        LOGGER.warn("{} is tried again alone: {}", member.id(), reason);
        submit(
            drivers, dispatch.order().only(List.of(member), freshAttempt()), dispatch.round() + 1);
      } else {
        String error = "Cannot train: lost " + ROUNDS + " times with its process: " + reason;
        endings.add(
            new Dispatch.Ending(member, dispatch.order().work().neverRun(member.id(), error)));
      }
    }
    return endings;
  }

  private void stop() {
    for (Dispatch dispatch : under) {
      dispatch.cancel();
      if (dispatch.hasBegun() && !spark.sc().isStopped()) {
        spark.cancelJobGroup(dispatch.order().attempt());
      }
    }
  }

  private ProgressLine line(FleetStage stage, Tally tally, Duration elapsed) {
    List<Dispatch> all = new ArrayList<>(under);
    all.addAll(landed);
    int open = under.stream().mapToInt(dispatch -> dispatch.open().size()).sum();
    return new ProgressLine(
        stage.name(),
        stage.doneBefore() + tally.done,
        tally.failed,
        under.stream().mapToInt(Dispatch::running).sum(),
        stage.doneBefore() + tally.done + tally.failed + open,
        all.stream().mapToLong(Dispatch::stepsDone).sum(),
        under.stream().mapToLong(Dispatch::stepsLeft).sum(),
        elapsed);
  }

  // Spark wraps what a task throws, on a cluster even as text; the first of ours is the reason.
  private static GridException known(RuntimeException failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof GridException known) {
        return known;
      }
    }
    return GridException.of(
        failure, ErrorCode.CLUSTER, "Cannot score the references: %s", Messages.firstLine(failure));
  }

  private static void pause() {
    try {
      Thread.sleep(POLL.toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw GridException.of(e, ErrorCode.CLUSTER, "Cannot go on: interrupted");
    }
  }
}

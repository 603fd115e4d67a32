package org.distillgrid.jobs.fleet;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.function.Supplier;
import org.apache.spark.api.java.JavaRDD;
import org.distillgrid.jobs.journal.TrialResult;
import org.distillgrid.jobs.worker.Order;
import org.distillgrid.jobs.worker.Training;
import org.distillgrid.jobs.worker.TrainingOrder;
import org.distillgrid.kd.error.GridException;

/**
 * A cluster that is moved by hand, in the test's own thread: each pause ends what has begun before,
 * and begins what a slot is free for. A test names the trainings that do not simply finish.
 */
final class HandCluster implements Submitter, Watch {
  private final int slots;
  private final List<HandSubmission<?>> submitted = new ArrayList<>();
  private final List<HandSubmission<?>> besides = new ArrayList<>();
  private final Map<String, Integer> kills = new HashMap<>();
  private final Set<String> hanging = new HashSet<>();
  private final Map<String, TrialResult> left = new HashMap<>();
  private final Map<String, Long> reached = new HashMap<>();
  private int pauses;
  private int lastPause = Integer.MAX_VALUE;
  private int mostAtOnce;
  private int looks;
  private boolean shared;

  HandCluster(int slots) {
    this.slots = slots;
  }

  /** Lets a training kill its process, and whoever trains in it, some times. */
  HandCluster kills(String id, int times) {
    kills.put(id, times);
    return this;
  }

  /** Lets a training go on for ever. */
  HandCluster hangs(String id) {
    hanging.add(id);
    return this;
  }

  /** Stops as Spark does on a user's Ctrl-C, when a fleet has looked so many times. */
  HandCluster failAfter(int looks) {
    lastPause = looks;
    return this;
  }

  /** Leaves a result in the folder of a training that is under way. */
  HandCluster leaves(TrialResult result) {
    left.put(result.trialId(), result);
    return this;
  }

  /** Leaves word in an attempt's folder that a step has been reached. */
  HandCluster reaches(String attempt, long step) {
    reached.put(attempt, step);
    return this;
  }

  /** Returns the purposes of all orders, in the order in which they were handed over. */
  List<String> orders() {
    return submitted.stream().map(each -> each.order.purpose()).toList();
  }

  /** Returns the purposes of the orders that were called off. */
  List<String> cancelled() {
    return submitted.stream()
        .filter(each -> each.cancelled)
        .map(each -> each.order.purpose())
        .toList();
  }

  int mostAtOnce() {
    return mostAtOnce;
  }

  /** Returns how often the folders of a training were looked into. */
  int looks() {
    return looks;
  }

  /** Makes it a cluster of one process, which a training wants for itself. */
  HandCluster ofOneProcess() {
    shared = true;
    return this;
  }

  @Override
  public <T> JavaRDD<T> occupy(JavaRDD<T> tasks) {
    return tasks;
  }

  @Override
  public boolean hasRoomBeside() {
    return !shared;
  }

  // It has begun at once, and is done when the cluster moves next.
  @Override
  public <T> Submission<T> beside(String name, Supplier<T> work) {
    HandSubmission<T> submission = new HandSubmission<>(new Driven<>(name, work));
    submission.begun = true;
    besides.add(submission);
    return submission;
  }

  /** Work of the driver, in the form of an order. */
  private record Driven<T>(String key, Supplier<T> work) implements Order<T> {
    @Override
    public String purpose() {
      return "make " + key;
    }

    @Override
    public T carryOut() {
      return work.get();
    }
  }

  @Override
  public int slots() {
    return slots;
  }

  @Override
  public <T> Submission<T> submit(Order<T> order) {
    HandSubmission<T> submission = new HandSubmission<>(order);
    submitted.add(submission);
    return submission;
  }

  @Override
  public boolean isStopped() {
    return pauses >= lastPause;
  }

  @Override
  public void pause() {
    pauses++;
    besides.stream().filter(HandSubmission::isRunning).forEach(HandSubmission::move);
    submitted.stream().filter(HandSubmission::isRunning).forEach(HandSubmission::move);
    long running = submitted.stream().filter(HandSubmission::isRunning).count();
    submitted.stream()
        .filter(each -> !each.begun && !each.cancelled)
        .limit(slots - running)
        .forEach(each -> each.begun = true);
    int now = (int) submitted.stream().filter(HandSubmission::isRunning).count();
    mostAtOnce = Math.max(mostAtOnce, now);
  }

  @Override
  public void close() {}

  @Override
  public Optional<TrialResult> result(TrainingOrder order, Training training) {
    looks++;
    return Optional.ofNullable(left.get(training.id()))
        .filter(result -> result.attempt().startsWith(order.attempt()));
  }

  @Override
  public List<Long> steps(TrainingOrder order) {
    return Optional.ofNullable(reached.get(order.attempt())).stream().toList();
  }

  private boolean isKilled(Order<?> order) {
    if (isStopped()) {
      return true;
    }
    boolean killed = false;
    for (String id : ids(order)) {
      if (kills.getOrDefault(id, 0) > 0) {
        kills.merge(id, -1, Integer::sum);
        killed = true;
      }
    }
    return killed;
  }

  private static List<String> ids(Order<?> order) {
    if (order instanceof PlainOrder plain) {
      return plain.ids();
    }
    return List.of();
  }

  private final class HandSubmission<T> implements Submission<T> {
    private final Order<T> order;
    private boolean begun;
    private boolean cancelled;
    private Optional<T> answer = Optional.empty();
    private Optional<Exception> failure = Optional.empty();

    HandSubmission(Order<T> order) {
      this.order = order;
    }

    boolean isRunning() {
      return begun && !isDone() && !cancelled;
    }

    void move() {
      if (isKilled(order)) {
        failure = Optional.of(new IllegalStateException("executor lost\nand much more of it"));
      } else if (ids(order).stream().noneMatch(hanging::contains)) {
        carryOut();
      }
    }

    private void carryOut() {
      try {
        answer = Optional.of(order.carryOut());
      } catch (GridException | IllegalStateException e) {
        failure = Optional.of(e);
      }
    }

    @Override
    public boolean hasBegun() {
      return begun;
    }

    @Override
    public boolean isDone() {
      return answer.isPresent() || failure.isPresent();
    }

    @Override
    public T result() throws ExecutionException {
      while (!isDone()) {
        pause();
      }
      if (failure.isPresent()) {
        throw new ExecutionException(failure.get());
      }
      return answer.orElseThrow();
    }

    @Override
    public void cancel() {
      cancelled = !isDone();
    }
  }
}

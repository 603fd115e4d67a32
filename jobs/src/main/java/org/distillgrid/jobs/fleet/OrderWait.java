package org.distillgrid.jobs.fleet;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.distillgrid.jobs.worker.Order;

/** Orders of one kind under way, of which none is a training. */
final class OrderWait<T> {
  private final Submitter submitter;
  private final String name;
  private final long began = System.nanoTime();
  private final Map<Order<T>, Submission<T>> open = new LinkedHashMap<>();
  private int total;

  OrderWait(Submitter submitter, String name) {
    this.submitter = submitter;
    this.name = name;
  }

  void begin(List<? extends Order<T>> orders) {
    orders.forEach(order -> open.put(order, submitter.submit(order)));
    total = open.size();
  }

  boolean isOpen() {
    return !open.isEmpty();
  }

  /** Returns the orders that have ended since the last call; waits a moment if there are none. */
  List<Map.Entry<Order<T>, Submission<T>>> ended() {
    List<Map.Entry<Order<T>, Submission<T>>> ended = new ArrayList<>();
    for (Map.Entry<Order<T>, Submission<T>> each : open.entrySet()) {
      if (each.getValue().isDone()) {
        ended.add(Map.entry(each.getKey(), each.getValue()));
      }
    }
    ended.forEach(each -> open.remove(each.getKey()));
    if (ended.isEmpty()) {
      submitter.pause();
    }
    return ended;
  }

  void cancel() {
    open.values().forEach(Submission::cancel);
  }

  ProgressLine line() {
    int running = (int) open.values().stream().filter(Submission::hasBegun).count();
    Duration elapsed = Duration.ofNanos(System.nanoTime() - began);
    return new ProgressLine(name, total - open.size(), 0, running, total, 0, 0, elapsed);
  }
}

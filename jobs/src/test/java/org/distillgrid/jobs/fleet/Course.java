package org.distillgrid.jobs.fleet;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What trains on which slot from when to when, as if it had been watched. */
final class Course {
  private final double start;
  private final List<Stretch> stretches = new ArrayList<>();
  private final Map<Integer, Double> free = new HashMap<>();

  private record Stretch(String kind, double cost, double begin, double end) {
    Pace at(double second) {
      double seen = Math.max(0, Math.min(second, end) - begin);
      double done = cost * seen / (end - begin);
      return new Pace(done, cost - done, cost - done, seen, second >= begin && second < end);
    }
  }

  /**
   * Makes an empty course.
   *
   * @param start seconds that each slot takes before its first step
   */
  Course(double start) {
    this.start = start;
  }

  /** Lets a slot train something next. */
  Course trains(int slot, String kind, double cost, double seconds) {
    double begin = free.getOrDefault(slot, start);
    stretches.add(new Stretch(kind, cost, begin, begin + seconds));
    free.put(slot, begin + seconds);
    return this;
  }

  double end() {
    return stretches.stream().mapToDouble(Stretch::end).max().orElseThrow();
  }

  /** Returns the pace of every kind. */
  List<Pace> paces(double second) {
    Map<String, Pace> paces = new HashMap<>();
    stretches.forEach(each -> paces.merge(each.kind(), each.at(second), Pace::plus));
    return List.copyOf(paces.values());
  }
}

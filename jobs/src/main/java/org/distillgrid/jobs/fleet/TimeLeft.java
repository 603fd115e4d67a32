package org.distillgrid.jobs.fleet;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * What is left of a run in time, once it can be told from what was measured on its own slots: every
 * kind of work that is under way has been at it for a minute, or for a tenth of what it takes and
 * five seconds; and such kinds are at least half of all work. What was not measured is taken to go
 * as fast as the rest.
 */
final class TimeLeft {
  private static final double MEASURED_PART = 0.5;
  private static final double MILLIS = 1000;

  private TimeLeft() {}

  /**
   * Returns it; empty before it means something, and when nothing is left.
   *
   * @param kinds one for each kind of work
   * @param slots how many work at once
   */
  static Optional<Duration> of(List<Pace> kinds, int slots) {
    List<Pace> measured = kinds.stream().filter(Pace::isMeasured).toList();
    double part = measured.stream().mapToDouble(Pace::all).sum();
    double all = kinds.stream().mapToDouble(Pace::all).sum();
    double left = kinds.stream().mapToDouble(Pace::left).sum();
    boolean early = kinds.stream().anyMatch(kind -> kind.isUnderWay() && !kind.isMeasured());
    if (early || left == 0 || part == 0 || part < MEASURED_PART * all) {
      return Optional.empty();
    }
    double rate = measured.stream().reduce(Pace.NOTHING, Pace::plus).rate();
    double shared = 0;
    double longest = 0;
    for (Pace kind : kinds) {
      double own = rate;
      if (kind.isMeasured()) {
        own = kind.rate();
      }
      shared += kind.left() / own;
      longest = Math.max(longest, kind.longest() / own);
    }
    return Optional.of(Duration.ofMillis(Math.round(MILLIS * Math.max(shared / slots, longest))));
  }
}

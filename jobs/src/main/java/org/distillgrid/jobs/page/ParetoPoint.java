package org.distillgrid.jobs.page;

import java.util.List;
import java.util.OptionalDouble;

/**
 * A point of a plot of gain against cost. A front is of those that no other beats: none has as much
 * for less, or more for as much.
 *
 * @param cost what is to be low; empty where it is not known, which is never on a front
 * @param gain what is to be high
 */
record ParetoPoint(OptionalDouble cost, double gain) {
  /** Returns whether this point is on the front of some, of which it may be one. */
  boolean isOnFrontOf(List<ParetoPoint> points) {
    return cost.isPresent() && points.stream().noneMatch(this::isBeatenBy);
  }

  private boolean isBeatenBy(ParetoPoint other) {
    if (other.cost.isEmpty()) {
      return false;
    }
    double own = cost.orElseThrow();
    double others = other.cost.orElseThrow();
    boolean noWorse = others <= own && other.gain >= gain;
    return noWorse && (others < own || other.gain > gain);
  }
}

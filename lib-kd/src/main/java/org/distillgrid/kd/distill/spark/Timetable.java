package org.distillgrid.kd.distill.spark;

/**
 * What happens at which step.
 *
 * @param control what stands in for SPARK itself
 * @param warmup steps at the start whose maps are even
 * @param learned the step at which the controls {@code mean} and {@code frozen} stop learning
 * @param every the policy learns at each n-th step after the warm-up, the first one among them
 * @param watch what a map without a lesson is worth is looked at at each n-th of them; 0: never
 */
record Timetable(Control control, long warmup, long learned, long every, long watch) {
  /** Where a step's map comes from, and whether the policy learns from it. */
  enum Phase {
    /** W = 1. */
    EVEN,
    /** The mean of the signals. */
    HEURISTIC,
    /** The middle of the policy's distribution. */
    CENTRE,
    /** Drawn from the policy's distribution. */
    DRAWN,
    /** Drawn from the policy's distribution, which learns what came of it. */
    LEARNING
  }

  /** Returns what happens at a step counted from 0. */
  Phase at(long step) {
    if (step < warmup) {
      return Phase.EVEN;
    }
    return switch (control) {
      case NONE -> learning(step);
      case UNIFORM -> Phase.EVEN;
      case RANDOM -> Phase.DRAWN;
      case HEURISTIC -> Phase.HEURISTIC;
      case MEAN -> whileLearning(step, Phase.CENTRE);
      case FROZEN -> whileLearning(step, Phase.DRAWN);
    };
  }

  /** Returns whether a step's map is paid though nothing learns from it. */
  boolean isWatched(long step) {
    return watch > 0 && step >= warmup && isEach(watch, step) && at(step) != Phase.LEARNING;
  }

  private boolean isEach(long n, long step) {
    return (step - warmup) % n == 0;
  }

  private Phase whileLearning(long step, Phase afterwards) {
    if (step < learned) {
      return learning(step);
    }
    return afterwards;
  }

  private Phase learning(long step) {
    if (isEach(every, step)) {
      return Phase.LEARNING;
    }
    return Phase.DRAWN;
  }
}

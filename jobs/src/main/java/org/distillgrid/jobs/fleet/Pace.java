package org.distillgrid.jobs.fleet;

/**
 * How far work of one kind has come, and how fast. What it takes is estimated, in the units of
 * {@link org.distillgrid.jobs.fleet.agenda.Cost}; time is measured on the slots of this run.
 *
 * @param done what of it was seen to be done
 * @param left what of it is still to be done
 * @param longest the most of that which one slot has to do by itself
 * @param seconds that slots took for what was done
 * @param isUnderWay whether a slot trains some of it now
 */
record Pace(double done, double left, double longest, double seconds, boolean isUnderWay) {
  static final Pace NOTHING = new Pace(0, 0, 0, 0, false);

  // Whichever comes first: short work would be over, and long work would hide what is left for
  // hours.
  private static final double MEASURED_SHARE = 0.1;
  private static final double LEAST_SECONDS = 5;
  private static final double MEASURED_SECONDS = 60;

  /** Returns both together. */
  Pace plus(Pace other) {
    return new Pace(
        done + other.done,
        left + other.left,
        Math.max(longest, other.longest),
        seconds + other.seconds,
        isUnderWay || other.isUnderWay);
  }

  double all() {
    return done + left;
  }

  /** Returns whether enough of it was seen for its rate to mean something. */
  boolean isMeasured() {
    if (done == 0 || seconds < LEAST_SECONDS) {
      return false;
    }
    return seconds >= MEASURED_SECONDS || done >= MEASURED_SHARE * all();
  }

  /** Returns what a slot does of it in a second. */
  double rate() {
    return done / seconds;
  }
}

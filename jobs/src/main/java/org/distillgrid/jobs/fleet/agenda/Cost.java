package org.distillgrid.jobs.fleet.agenda;

/**
 * An estimate of what an item takes of a slot, in multiplications. It decides nothing but the
 * order, which trials share a cohort, and what is said of the time left.
 *
 * @param own what it takes by itself
 * @param shared what it needs beside that and what a cohort pays once, however many of its members
 *     need it: the teacher's passes; 0 if it needs nothing of the kind
 * @param last what of its own is left when its last step is made: restoring the test images
 */
public record Cost(double own, double shared, double last) {
  /** Refuses what is no length. */
  public Cost {
    if (!(own >= last && last >= 0 && shared >= 0)) {
      throw new IllegalArgumentException("No cost: " + own + ", " + shared + " and " + last);
    }
  }

  /** Makes a cost of which nothing comes after the last step. */
  public Cost(double own, double shared) {
    this(own, shared, 0);
  }

  /** Returns the cost of what shares nothing. */
  public static Cost of(double own) {
    return new Cost(own, 0);
  }

  /** Returns this cost with some more of its own, after the last step. */
  public Cost andLast(double more) {
    return new Cost(own + more, shared, last + more);
  }

  /** Returns what it takes alone. */
  public double whole() {
    return own + shared;
  }
}

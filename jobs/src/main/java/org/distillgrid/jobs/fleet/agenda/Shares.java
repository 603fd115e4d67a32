package org.distillgrid.jobs.fleet.agenda;

/**
 * How much a slot is given at once: guided self-scheduling, which gives a slot that gets free its
 * share of what has not been handed out yet. The pieces get smaller towards the end, so that slots
 * of different speed, or estimates that were wrong, even out.
 */
final class Shares {
  // A cohort pays for a shared cost once: a piece below so many times that is not worth it while
  // it leaves the other free slots theirs.
  private static final double PIECE_OVER_SHARED = 4;

  // Sums of costs are rounded: what fits but for that does fit.
  private static final double ROUNDING = 1 + 1e-9;

  private final int slots;
  private final int largest;
  private double left;
  private double leftNeeded;

  Shares(int slots, int largest) {
    if (slots < 1 || largest < 0) {
      throw new IllegalArgumentException("Cohorts of " + slots + " slots, at most " + largest);
    }
    this.slots = slots;
    this.largest = largest;
  }

  /** Counts an item that is going to be handed out. */
  void waits(Entry entry) {
    add(entry, entry.item().cost().own());
  }

  /** Takes an item off that is not going to be handed out any more. */
  void handedOut(Entry entry) {
    add(entry, -entry.item().cost().own());
  }

  private void add(Entry entry, double cost) {
    left += cost;
    if (entry.isNeeded()) {
      leftNeeded += cost;
    }
  }

  /** Returns how many items may be handed out together. */
  int most() {
    if (largest == 0) {
      return Integer.MAX_VALUE;
    }
    return largest;
  }

  /**
   * Returns what items of a company may take that are handed out together.
   *
   * @param free how many slots are free, at least 1
   */
  double budget(Company company, int free) {
    if (slots == 1) {
      return Double.POSITIVE_INFINITY;
    }
    Entry head = company.head();
    // What others wait for is spread over the slots by itself, or they would wait for all of it.
    double share = left / slots;
    if (head.isNeeded()) {
      share = leftNeeded / slots;
    }
    double worthwhile = PIECE_OVER_SHARED * head.item().cost().shared();
    return ROUNDING * Math.max(share, Math.min(worthwhile, company.cost() / free));
  }
}

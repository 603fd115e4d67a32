package org.distillgrid.jobs.fleet.agenda;

/**
 * How much a slot is given at once. What shares nothing is handed out by guided self-scheduling: a
 * slot that gets free takes a part of its share of what is left, so that pieces get smaller towards
 * the end, and slots of different speed, or estimates that were wrong, even out. What shares a
 * cost, which each piece pays again, is cut into fewer pieces: with a share of W for each slot and
 * a shared cost T, pieces of s cost T·W/s more and leave slots idle for about s/2 at the end, which
 * is least at s = √(2·T·W).
 */
final class Shares {
  // So much of its share: the rest is handed out when it is clearer who is ready for it.
  private static final double PART = 0.5;

  // Pieces a little larger than they come out leave no last few to begin when all others end.
  private static final double MARGIN = 1.1;

  // Sums of costs are rounded: what fits but for that does fit.
  private static final double ROUNDING = 1 + 1e-9;

  private final int slots;
  private final int largest;
  private int needed;
  private int leaves;
  private double left;
  private double leftNeeded;
  private double openSharing;

  Shares(int slots, int largest) {
    if (slots < 1 || largest < 0) {
      throw new IllegalArgumentException("Cohorts of " + slots + " slots, at most " + largest);
    }
    this.slots = slots;
    this.largest = largest;
  }

  /** Counts an item that is going to be handed out. */
  void waits(Entry entry) {
    addLeft(entry, entry.item().cost().own());
    if (entry.isNeeded()) {
      needed++;
    } else {
      leaves++;
    }
    if (entry.item().cost().shared() > 0) {
      openSharing += entry.item().cost().own();
    }
  }

  /** Takes an item off that is not going to be handed out any more. */
  void handedOut(Entry entry) {
    addLeft(entry, -entry.item().cost().own());
  }

  /** Takes an item off that is over. */
  void over(Entry entry) {
    if (entry.item().cost().shared() > 0) {
      openSharing -= entry.item().cost().own();
    }
  }

  private void addLeft(Entry entry, double cost) {
    left += cost;
    if (entry.isNeeded()) {
      leftNeeded += cost;
    }
  }

  /**
   * Returns how many items may be handed out together: no more than fall to each slot, however
   * cheap they are, as each of them takes memory.
   *
   * @param head the first of them
   */
  int most(Entry head) {
    if (head.isNeeded()) {
      return most(needed, slots, largest);
    }
    return most(leaves, slots, largest);
  }

  /** Returns how many of some items may be handed out together. */
  static int most(int items, int slots, int largest) {
    int most = Math.max(1, (items + slots - 1) / slots);
    if (largest == 0) {
      return most;
    }
    return Math.min(most, largest);
  }

  /**
   * Returns what items may take that are handed out together.
   *
   * @param head the first of them
   * @param ready what all take that are ready, each by itself
   * @param free how many slots are free, at least 1
   */
  double budget(Entry head, double ready, int free) {
    if (slots == 1) {
      return Double.POSITIVE_INFINITY;
    }
    if (head.isNeeded()) {
      // What others wait for is spread over the slots, or they would wait for all of it.
      return ROUNDING * PART * leftNeeded / slots;
    }
    double shared = head.item().cost().shared();
    if (shared == 0) {
      return ROUNDING * PART * left / slots;
    }
    double share = openSharing / slots;
    double pieces = Math.max(1, Math.rint(share / Math.sqrt(2 * shared * share)));
    return ROUNDING * Math.min(MARGIN * share / pieces, ready / free);
  }
}

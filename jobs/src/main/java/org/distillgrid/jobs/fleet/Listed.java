package org.distillgrid.jobs.fleet;

/**
 * A piece of work as the agenda lists it.
 *
 * @param item its id there
 * @param work how it is done
 * @param cost an estimate of what it takes of a slot, alone
 * @param last what of that comes after its last step
 */
record Listed(String item, Work work, double cost, double last) {
  /**
   * Returns what part of it is done after some of its steps.
   *
   * @param steps part of the steps, 0 to 1
   */
  double done(double steps) {
    if (cost == 0) {
      return steps;
    }
    return steps * (1 - last / cost);
  }
}

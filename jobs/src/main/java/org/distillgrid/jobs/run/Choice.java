package org.distillgrid.jobs.run;

import org.distillgrid.jobs.fleet.FleetStage;

/**
 * Which trials of a grid a run trains, and how long.
 *
 * @param only beginning of the ids of the trials to train; empty for all
 * @param afterFailure what happens to the other trials after one has failed
 */
record Choice(String only, FleetStage.Next afterFailure) {
  /** Every trial, whatever becomes of the others. */
  static final Choice ALL = new Choice("", FleetStage.Next.GO_ON);

  /** Returns whether every trial is wanted. */
  boolean isOfAll() {
    return only.isEmpty();
  }
}

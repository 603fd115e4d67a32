package org.distillgrid.kd.distill.spark;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import org.distillgrid.kd.distill.Aliases;

/**
 * A drawn map and what the policy saw when it was drawn.
 *
 * @param signals what the policy read, N×4×G×G
 * @param action what was drawn, N×1×G×G
 */
record Drawn(NDArray signals, NDArray action) {
  /** Returns the same in another manager. */
  Drawn in(NDManager manager) {
    return new Drawn(Aliases.in(manager, signals), Aliases.in(manager, action));
  }
}

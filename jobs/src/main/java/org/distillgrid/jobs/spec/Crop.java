package org.distillgrid.jobs.spec;

/** What a training step sees of a patch. */
public enum Crop {
  /** All of it: patches lie on the grid of the stride, and stay as they are. */
  GRID,
  /** A window, cut anew at each step. */
  RANDOM
}

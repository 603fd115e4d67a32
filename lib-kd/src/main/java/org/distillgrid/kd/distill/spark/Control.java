package org.distillgrid.kd.distill.spark;

/** What stands in for the policy's drawn and learned maps, to show what each part is worth. */
enum Control {
  /** Nothing: SPARK itself. */
  NONE,
  /** W = 1. */
  UNIFORM,
  /** Maps drawn from the policy as it was initialised. */
  RANDOM,
  /** The mean of the signals. */
  HEURISTIC,
  /** A policy that has learned for a part of the run, and from then on its map without chance. */
  MEAN,
  /** A policy that has learned for a part of the run, and from then on draws without learning. */
  FROZEN
}

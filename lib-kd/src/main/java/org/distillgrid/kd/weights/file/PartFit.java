package org.distillgrid.kd.weights.file;

/** Tells the network that is looked for from others in the same file. */
@FunctionalInterface
public interface PartFit {
  /** Returns whether a part holds every tensor of the network and no other. */
  boolean fits(WeightPart part);
}

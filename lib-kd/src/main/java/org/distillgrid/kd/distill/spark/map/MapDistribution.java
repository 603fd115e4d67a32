package org.distillgrid.kd.distill.spark.map;

import ai.djl.ndarray.NDArray;
import org.apache.commons.rng.UniformRandomProvider;

/**
 * How a weight map is drawn around the policy's mean map. What is drawn is the action, one number a
 * cell; log-probability and entropy are those of the action. The weight is a fixed function of the
 * action, so that its own log-probability differs by a term without parameters only.
 */
public sealed interface MapDistribution
    permits ClampedNormal, SquashedNormal, LogNormal, SquashedBeta, TwoLevels {
  /** Returns whether σ plays a part. */
  boolean hasSigma();

  /** Returns an action, N×1×G×G, in the manager of the parameters. */
  NDArray draw(MapParameters parameters, UniformRandomProvider draws);

  /** Returns the action in the middle: the map without chance. */
  NDArray centre(MapParameters parameters);

  /** Returns the weights of an action, at least 0, not normalised. */
  NDArray weights(NDArray action);

  /** Returns the log-probability of each cell's action, on the gradient tape. */
  NDArray logProbability(NDArray action, MapParameters parameters);

  /** Returns the entropy in nats, of each cell or one number for all, on the gradient tape. */
  NDArray entropy(MapParameters parameters);
}

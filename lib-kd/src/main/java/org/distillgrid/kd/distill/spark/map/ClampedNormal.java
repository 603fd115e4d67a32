package org.distillgrid.kd.distill.spark.map;

import ai.djl.ndarray.NDArray;
import ai.djl.nn.Activation;
import org.apache.commons.rng.UniformRandomProvider;
import org.distillgrid.kd.nn.Clipped;

/**
 * The paper's map: {@code a ~ N(sigmoid(μ), σ²)}, {@code w = min(max(a, least), 1)}. Source: known.
 * Reconstructed: the action is what was drawn before it was clamped, and its log-probability and
 * entropy are those of the normal distribution, as the clamped one has no density at its ends.
 *
 * @param least the least weight: 0, or above it where weights are divided by their mean
 */
public record ClampedNormal(float least) implements MapDistribution {
  @Override
  public boolean hasSigma() {
    return true;
  }

  @Override
  public NDArray draw(MapParameters parameters, UniformRandomProvider draws) {
    return Normal.draw(squashed(parameters), draws);
  }

  @Override
  public NDArray centre(MapParameters parameters) {
    return squashed(parameters).mean();
  }

  @Override
  public NDArray weights(NDArray action) {
    return Clipped.between(least, 1, action);
  }

  @Override
  public NDArray logProbability(NDArray action, MapParameters parameters) {
    return Normal.logProbability(action, squashed(parameters));
  }

  @Override
  public NDArray entropy(MapParameters parameters) {
    return Normal.entropy(parameters);
  }

  private static MapParameters squashed(MapParameters parameters) {
    return new MapParameters(Activation.sigmoid(parameters.mean()), parameters.logSigma());
  }
}

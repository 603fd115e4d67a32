package org.distillgrid.kd.distill.spark.map;

import ai.djl.ndarray.NDArray;
import org.apache.commons.rng.UniformRandomProvider;
import org.distillgrid.kd.nn.Clipped;

/**
 * Log-normal weights: {@code a ~ N(μ, σ²)}, {@code w = exp(a)}, with a cut at ±5 for the weight's
 * sake. The entropy is that of ln w: the one of w itself has μ on top, which a map's normalisation
 * takes away, and rewarding which would drive all weights up together. Reconstructed.
 */
public record LogNormal() implements MapDistribution {
  // exp(±5): no cell weighs more than 22,000 times another, and sums stay far from overflow.
  private static final float CUT = 5;

  @Override
  public boolean hasSigma() {
    return true;
  }

  @Override
  public NDArray draw(MapParameters parameters, UniformRandomProvider draws) {
    return Normal.draw(parameters, draws);
  }

  @Override
  public NDArray centre(MapParameters parameters) {
    return parameters.mean();
  }

  @Override
  public NDArray weights(NDArray action) {
    return Clipped.between(-CUT, CUT, action).exp();
  }

  @Override
  public NDArray logProbability(NDArray action, MapParameters parameters) {
    return Normal.logProbability(action, parameters);
  }

  @Override
  public NDArray entropy(MapParameters parameters) {
    return Normal.entropy(parameters);
  }
}

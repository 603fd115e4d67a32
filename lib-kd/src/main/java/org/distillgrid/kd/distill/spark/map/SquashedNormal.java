package org.distillgrid.kd.distill.spark.map;

import ai.djl.ndarray.NDArray;
import ai.djl.nn.Activation;
import org.apache.commons.rng.UniformRandomProvider;

/**
 * The first version's map: {@code a ~ N(μ, σ²)}, {@code w = low + span·sigmoid(a)}. Reconstructed.
 *
 * @param range what weights can be
 */
public record SquashedNormal(WeightRange range) implements MapDistribution {
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
    return range.of(Activation.sigmoid(action));
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

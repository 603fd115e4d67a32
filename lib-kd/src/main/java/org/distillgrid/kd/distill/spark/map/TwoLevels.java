package org.distillgrid.kd.distill.spark.map;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Activation;
import org.apache.commons.rng.UniformRandomProvider;
import org.distillgrid.kd.nn.HostValues;
import org.distillgrid.kd.nn.Tensors;

/**
 * Weights of two levels: {@code z ~ Bernoulli(p)}, p = sigmoid(μ), {@code w = low + span·z}. There
 * is no σ. Reconstructed.
 *
 * @param range what weights can be
 */
public record TwoLevels(WeightRange range) implements MapDistribution {
  @Override
  public boolean hasSigma() {
    return false;
  }

  @Override
  public NDArray draw(MapParameters parameters, UniformRandomProvider draws) {
    NDArray probability = Activation.sigmoid(parameters.mean());
    Shape shape = probability.getShape();
    float[] levels = HostValues.of(probability);
    for (int i = 0; i < levels.length; i++) {
      boolean high = draws.nextFloat() < levels[i];
      levels[i] = 0;
      if (high) {
        levels[i] = 1;
      }
    }
    return Tensors.aligned(levels, shape, probability.getManager());
  }

  /** Returns p: every weight at its expectation. */
  @Override
  public NDArray centre(MapParameters parameters) {
    return Activation.sigmoid(parameters.mean());
  }

  @Override
  public NDArray weights(NDArray action) {
    return range.of(action);
  }

  /** Returns z ln p + (1 − z) ln(1 − p) = z·μ − ln(1 + exp μ). */
  @Override
  public NDArray logProbability(NDArray action, MapParameters parameters) {
    NDArray mean = parameters.mean();
    return mean.mul(action).sub(Activation.softPlus(mean));
  }

  /** Returns −p ln p − (1 − p) ln(1 − p) = ln(1 + exp μ) − p·μ. */
  @Override
  public NDArray entropy(MapParameters parameters) {
    NDArray mean = parameters.mean();
    return Activation.softPlus(mean).sub(Activation.sigmoid(mean).mul(mean));
  }
}

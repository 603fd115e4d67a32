package org.distillgrid.kd.distill.spark.map;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import org.apache.commons.rng.UniformRandomProvider;
import org.apache.commons.rng.sampling.distribution.ContinuousSampler;
import org.apache.commons.rng.sampling.distribution.ZigguratSampler;
import org.distillgrid.kd.nn.Scaled;
import org.distillgrid.kd.nn.Shifted;
import org.distillgrid.kd.nn.Tensors;

/** The normal distribution of each cell, N(μ, σ²). */
final class Normal {
  private static final double HALF_LOG_TWO_PI = 0.5 * Math.log(2 * Math.PI);

  private Normal() {}

  /** Returns μ + σ·ε. */
  static NDArray draw(MapParameters parameters, UniformRandomProvider draws) {
    NDArray mean = parameters.mean();
    Shape shape = mean.getShape();
    ContinuousSampler sampler = ZigguratSampler.NormalizedGaussian.of(draws);
    float[] noise = new float[Math.toIntExact(shape.size())];
    for (int i = 0; i < noise.length; i++) {
      noise[i] = (float) sampler.sample();
    }
    NDArray spread = Tensors.aligned(noise, shape, mean.getManager());
    return mean.add(spread.mul(parameters.logSigma().exp()));
  }

  /** Returns −(a − μ)²/(2σ²) − ln σ − ½ ln 2π. */
  static NDArray logProbability(NDArray action, MapParameters parameters) {
    NDArray logSigma = parameters.logSigma();
    NDArray deviations = parameters.mean().sub(action).div(logSigma.exp());
    return Shifted.by(-HALF_LOG_TWO_PI, Scaled.by(-0.5, deviations.square()).sub(logSigma));
  }

  /** Returns ln σ + ½ ln 2πe. */
  static NDArray entropy(MapParameters parameters) {
    return Shifted.by(HALF_LOG_TWO_PI + 0.5, parameters.logSigma());
  }
}

package org.distillgrid.kd.distill.spark.map;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Activation;
import java.util.List;
import org.apache.commons.rng.UniformRandomProvider;
import org.apache.commons.rng.sampling.distribution.ChengBetaSampler;
import org.distillgrid.kd.nn.HostValues;
import org.distillgrid.kd.nn.Scaled;
import org.distillgrid.kd.nn.Shifted;
import org.distillgrid.kd.nn.Tensors;

/**
 * Beta weights: {@code u ~ Beta(α, β)}, {@code w = low + span·u}, with the mode m = sigmoid(μ) and
 * the concentration κ = 4/σ² − 1: {@code α = 1 + m(κ − 2)}, {@code β = κ − α}. At m = ½ its spread
 * is that of the squashed normal map of the same σ, to first order; σ ≤ 1 keeps α and β at 1 or
 * more, where the density has one peak. Reconstructed.
 *
 * @param range what weights can be
 */
public record SquashedBeta(WeightRange range) implements MapDistribution {
  // Keeps ln u and ln(1 − u) finite in single precision.
  private static final float EDGE = 1e-6f;

  @Override
  public boolean hasSigma() {
    return true;
  }

  @Override
  public NDArray draw(MapParameters parameters, UniformRandomProvider draws) {
    NDArray mean = parameters.mean();
    Shape shape = mean.getShape();
    List<float[]> drawnFrom = HostValues.together(List.of(alpha(parameters), beta(parameters)));
    float[] alphas = drawnFrom.get(0);
    float[] betas = drawnFrom.get(1);
    float[] action = new float[alphas.length];
    for (int i = 0; i < action.length; i++) {
      double drawn = ChengBetaSampler.of(draws, alphas[i], betas[i]).sample();
      action[i] = (float) Math.max(EDGE, Math.min(1 - EDGE, drawn));
    }
    return Tensors.aligned(action, shape, mean.getManager());
  }

  @Override
  public NDArray centre(MapParameters parameters) {
    return Activation.sigmoid(parameters.mean());
  }

  @Override
  public NDArray weights(NDArray action) {
    return range.of(action);
  }

  /** Returns (α − 1) ln u + (β − 1) ln(1 − u) − ln B(α, β). */
  @Override
  public NDArray logProbability(NDArray action, MapParameters parameters) {
    NDArray alpha = alpha(parameters);
    NDArray beta = beta(parameters);
    NDArray below = Shifted.by(-1, alpha).mul(action.log());
    NDArray above = Shifted.by(-1, beta).mul(Shifted.by(1, action.neg()).log());
    return below.add(above).sub(logBeta(alpha, beta));
  }

  /** Returns ln B(α, β) − (α − 1)ψ(α) − (β − 1)ψ(β) + (α + β − 2)ψ(α + β). */
  @Override
  public NDArray entropy(MapParameters parameters) {
    NDArray alpha = alpha(parameters);
    NDArray beta = beta(parameters);
    NDArray both = alpha.add(beta);
    return logBeta(alpha, beta)
        .sub(Shifted.by(-1, alpha).mul(Digamma.of(alpha)))
        .sub(Shifted.by(-1, beta).mul(Digamma.of(beta)))
        .add(Shifted.by(-2, both).mul(Digamma.of(both)));
  }

  private static NDArray logBeta(NDArray alpha, NDArray beta) {
    return alpha.gammaln().add(beta.gammaln()).sub(alpha.add(beta).gammaln());
  }

  private static NDArray alpha(MapParameters parameters) {
    return peaked(Activation.sigmoid(parameters.mean()), parameters);
  }

  private static NDArray beta(MapParameters parameters) {
    return peaked(Activation.sigmoid(parameters.mean().neg()), parameters);
  }

  // 1 + m(κ − 2)
  private static NDArray peaked(NDArray mode, MapParameters parameters) {
    NDArray precision = Scaled.by(-2, parameters.logSigma()).exp();
    return Shifted.by(1, mode.mul(Shifted.by(-3, Scaled.by(4, precision))));
  }
}

package org.distillgrid.kd.quant;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import org.distillgrid.kd.nn.Parameter;

/**
 * One learned step size and the tensor that it quantises: {@code y = round(clip(x/s, −Q_N,
 * Q_P))·s}.
 *
 * <p>Source: Esser et al., Learned Step Size Quantization, arXiv 1902.08153, eqs. 1–5 (known). The
 * gradient of s is {@code round(x/s) − x/s} inside the clip range, −Q_N below and Q_P above it,
 * scaled by 1/√(numel·Q_P); numel counts the values that share the step size.
 */
final class LsqScale {
  private static final float LEAST = 1e-8f;

  private final Parameter scale;
  private final Range range;
  private NDArray least;
  private NDArray gradientFactor;
  private long valuesOfFactor;

  LsqScale(Parameter scale, Range range) {
    this.scale = scale;
    this.range = range;
  }

  /** Returns the fake-quantised tensor, in its own manager. */
  NDArray quantize(NDArray x) {
    prepareConstants(x.size());
    // Adam may push a step size through zero, where the quantiser has no meaning.
    NDArray positive = scale.in(x.getManager()).maximum(least);
    NDArray s = StraightThrough.scaleGradient(positive, gradientFactor);
    NDArray clipped = x.div(s).clip(range.lowest(), range.highest());
    return StraightThrough.round(clipped).mul(s);
  }

  // Small nets feel every tensor that a step makes; these are the same at every step.
  private void prepareConstants(long values) {
    NDManager owner = scale.array().getManager();
    if (least == null) {
      least = owner.create(LEAST);
    }
    if (values != valuesOfFactor) {
      double shared = (double) values / (double) scale.shape().size();
      gradientFactor = owner.create((float) (1 / Math.sqrt(shared * range.highest())));
      valuesOfFactor = values;
    }
  }

  /** Sets the first step size, 2·mean|x|/√Q_P, from the mean absolute values. */
  void start(NDArray meanAbsolute) {
    NDArray first = meanAbsolute.mul(2 / Math.sqrt((double) range.highest()));
    scale.assign(first.maximum(LEAST));
  }
}

package org.distillgrid.kd.quant;

import ai.djl.ndarray.NDArray;
import java.util.function.Supplier;
import org.distillgrid.kd.nn.GradientMode;
import org.distillgrid.kd.nn.Shifted;

/**
 * The only home of the straight-through estimator (Bengio et al., arXiv 1308.3432): what rounds,
 * and the gradient that it has all the same. Results belong to the manager of x. Off the tape they
 * are the same to the bit, without the passes over a tensor that only a gradient needs.
 */
public final class StraightThrough {
  private StraightThrough() {}

  /**
   * Rounds half to even, with the gradient of the identity: d round(x)/dx := 1. The sum is exact: x
   * and its rounded value lie close enough for their difference to be a float.
   */
  public static NDArray round(NDArray x) {
    if (!GradientMode.isOn()) {
      return withoutNegativeZeros(x.round());
    }
    NDArray frozen = x.stopGradient();
    return x.add(frozen.round().sub(frozen));
  }

  /**
   * Returns given values, to the bit, with the gradient of another tensor: d y/dx := 1, d
   * y/d(values) := 0.
   */
  public static NDArray value(NDArray values, NDArray x) {
    return value(values, () -> x);
  }

  /** Returns given values likewise; the other tensor is not computed where no gradient is asked. */
  public static NDArray value(NDArray values, Supplier<NDArray> x) {
    if (!GradientMode.isOn()) {
      return withoutNegativeZeros(values);
    }
    NDArray carrier = x.get();
    return values.stopGradient().add(carrier.sub(carrier.stopGradient()));
  }

  /** Returns x itself, to the bit, with its gradient multiplied by a factor: d y/dx := factor. */
  public static NDArray scaleGradient(NDArray x, NDArray factor) {
    return value(x, () -> x.mul(factor));
  }

  // On the tape a sum takes the sign of zeros away.
  private static NDArray withoutNegativeZeros(NDArray rounded) {
    return Shifted.by(0, rounded);
  }
}

package org.distillgrid.kd.distill.spark.map;

import ai.djl.ndarray.NDArray;
import org.distillgrid.kd.nn.Scaled;

/** The derivative of ln Γ, which DJL lacks, with a gradient of its own on the tape. */
final class Digamma {
  // Where the asymptotic series of a few terms is exact to single precision.
  private static final int SHIFT = 6;

  private Digamma() {}

  /**
   * Returns ψ(x), within 1e-6 of its magnitude: ψ(x) = ψ(x + 6) − Σ 1/(x + k) for k = 0..5, and for
   * large y, ψ(y) = ln y − 1/(2y) − 1/(12y²) + 1/(120y⁴) − 1/(252y⁶).
   *
   * @param x above 0, of any shape
   */
  static NDArray of(NDArray x) {
    NDArray large = x.add(SHIFT);
    NDArray inverse = inverse(large);
    NDArray square = inverse.square();
    // Horner's scheme in 1/y².
    NDArray series = Scaled.by(-1.0 / 252, square).add(1f / 120);
    series = series.mul(square).add(-1f / 12).mul(square);
    NDArray digamma = large.log().sub(Scaled.by(0.5, inverse)).add(series);
    for (int k = 0; k < SHIFT; k++) {
      digamma = digamma.sub(inverse(x.add(k)));
    }
    return digamma;
  }

  private static NDArray inverse(NDArray x) {
    return x.onesLike().div(x);
  }
}

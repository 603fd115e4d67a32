package org.distillgrid.kd.quant;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import org.distillgrid.kd.nn.Parameter;

/**
 * A fixed scale and zero point: {@code y = (clip(round(x/s) + z, 0, 2^b − 1) − z)·s}. Zero is
 * always representable, as zero padding needs it to be.
 */
final class AffineScale {
  private static final float LEAST = 1e-8f;

  private final Parameter scale;
  private final Parameter zero;
  private final Range range;

  AffineScale(String name, Shape shape, int bits, QuantizerParameters parameters) {
    this.scale = parameters.fix(name + "_scale", shape);
    this.zero = parameters.fix(name + "_zero", shape);
    this.range = Range.unsigned(bits);
  }

  /** Returns the fake-quantised tensor, in its own manager. */
  NDArray quantize(NDArray x) {
    NDManager step = x.getManager();
    NDArray s = scale.in(step);
    NDArray z = zero.in(step);
    NDArray levels = StraightThrough.round(x.div(s)).add(z).clip(range.lowest(), range.highest());
    return levels.sub(z).mul(s);
  }

  /** Sets scale and zero point so that the range from least to most is covered. */
  void cover(NDArray least, NDArray most) {
    NDArray low = least.minimum(0);
    NDArray high = most.maximum(0);
    NDArray s = high.sub(low).div(range.highest()).maximum(LEAST);
    scale.assign(s);
    zero.assign(low.neg().div(s).round());
  }
}

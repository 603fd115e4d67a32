package org.distillgrid.kd.quant;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import org.distillgrid.kd.nn.Parameter;

/**
 * A fixed scale and zero point from the least and the greatest value observed: {@code y =
 * (clip(round(x/s) + z, 0, 2^b − 1) − z)·s}. Zero is always representable, as zero padding needs it
 * to be.
 */
final class AffineScale implements OperandQuantizer {
  private static final float LEAST = 1e-8f;

  private final Parameter scale;
  private final Parameter zero;
  private final Range range;
  private final ChannelStatistic least;
  private final ChannelStatistic greatest;

  AffineScale(String name, Shape shape, int bits, QuantizerParameters parameters) {
    this.scale = parameters.fix(name + "_scale", shape);
    this.zero = parameters.fix(name + "_zero", shape);
    this.range = Range.unsigned(bits);
    this.least = ChannelStatistic.like(scale, Math::min);
    this.greatest = ChannelStatistic.like(scale, Math::max);
  }

  @Override
  public void observe(NDArray operand) {
    NDArray rows = LayerShapes.rowsLike(scale, operand);
    least.add(rows.min(LayerShapes.COLUMNS));
    greatest.add(rows.max(LayerShapes.COLUMNS));
  }

  @Override
  public void fix() {
    try (NDManager scratch = scale.array().getManager().newSubManager()) {
      NDArray low = least.values(scratch).minimum(0);
      NDArray high = greatest.values(scratch).maximum(0);
      NDArray s = high.sub(low).div(range.highest()).maximum(LEAST);
      scale.assign(s);
      zero.assign(low.neg().div(s).round());
    }
  }

  @Override
  public NDArray quantize(NDArray x) {
    NDManager step = x.getManager();
    NDArray s = scale.in(step);
    NDArray z = zero.in(step);
    NDArray levels = StraightThrough.round(x.div(s)).add(z).clip(range.lowest(), range.highest());
    return levels.sub(z).mul(s);
  }
}

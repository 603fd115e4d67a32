package org.distillgrid.kd.quant.observer;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.DataType;
import org.distillgrid.kd.nn.Clipped;
import org.distillgrid.kd.nn.Scaled;
import org.distillgrid.kd.nn.Shifted;
import org.distillgrid.kd.quant.Bounds;
import org.distillgrid.kd.quant.Range;
import org.distillgrid.kd.quant.StraightThrough;

/**
 * PyTorch's fake quantisation, operation by operation: {@code q = round(x·(1/s)) + z}, {@code y =
 * (clip(q, lowest, highest) − z)·s}, and dy/dx is 1 where q lies within the range and 0 elsewhere.
 * Source: {@code torch.fake_quantize_per_tensor_affine}, {@code _per_channel_affine} and {@code
 * calculate_qparams} of PyTorch's observers (known).
 *
 * @param range the whole numbers of the grid
 * @param layout whether there is a zero point
 * @param least the least step
 */
record FakeQuantizer(Range range, Layout layout, float least) {
  /** How a grid lies around zero. */
  enum Layout {
    /**
     * s = (high − low)/(highest − lowest), z = lowest − round(low/s); zero is within the bounds.
     */
    AFFINE,
    /** s = max|x|/((highest − lowest)/2), z = 0. */
    SYMMETRIC
  }

  /**
   * Returns steps and zero points for bounds, in their shape and manager.
   *
   * @param bounds off the tape
   */
  Bounds.Steps steps(Bounds bounds) {
    NDArray low = Clipped.between(-Float.MAX_VALUE, 0, bounds.low());
    NDArray high = Clipped.between(0, Float.MAX_VALUE, bounds.high());
    int width = range.highest() - range.lowest();
    return switch (layout) {
      case AFFINE -> {
        NDArray scale = atLeast(Scaled.over(width, high.sub(low)));
        NDArray zero = Shifted.by(range.lowest(), low.div(scale).round().neg());
        yield new Bounds.Steps(scale, within(zero));
      }
      case SYMMETRIC -> {
        NDArray scale = atLeast(Scaled.over(width / 2.0, low.neg().maximum(high)));
        yield new Bounds.Steps(scale, scale.zerosLike());
      }
    };
  }

  /**
   * Returns the fake-quantised values, in the manager of x.
   *
   * @param steps in the manager of x, off the tape, of a shape that broadcasts against x
   */
  NDArray quantize(NDArray x, Bounds.Steps steps) {
    NDArray inverse = steps.scale().onesLike().div(steps.scale());
    NDArray levels = x.stopGradient().mul(inverse).round().add(steps.zero());
    NDArray held = within(levels);
    NDArray values = held.sub(steps.zero()).mul(steps.scale());
    return StraightThrough.value(
        values, () -> x.mul(held.eq(levels).toType(DataType.FLOAT32, false)));
  }

  private NDArray within(NDArray levels) {
    return Clipped.between(range.lowest(), range.highest(), levels);
  }

  private NDArray atLeast(NDArray scale) {
    return Clipped.between(least, Float.MAX_VALUE, scale);
  }
}

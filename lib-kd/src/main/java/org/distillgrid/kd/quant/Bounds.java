package org.distillgrid.kd.quant;

import ai.djl.ndarray.NDArray;
import org.distillgrid.kd.nn.Scaled;

/**
 * The range of a tensor, or of each output channel of a weight, that a grid covers.
 *
 * @param low the lower ends, n×1
 * @param high the upper ends, n×1
 */
public record Bounds(NDArray low, NDArray high) {
  private static final float LEAST = 1e-8f;

  /**
   * Steps and zero points on the device.
   *
   * @param scale n×1
   * @param zero whole numbers, n×1
   */
  public record Steps(NDArray scale, NDArray zero) {
    /** Returns rows as the grid gives them back. */
    public NDArray quantized(NDArray rows, Range range) {
      NDArray levels = rows.div(scale).round().add(zero).clip(range.lowest(), range.highest());
      return levels.sub(zero).mul(scale);
    }
  }

  /** Returns the whole numbers that an operand's grid has. */
  public static Range range(Operand operand) {
    return switch (operand.symmetry()) {
      case AFFINE -> Range.unsigned(operand.bits());
      case SYMMETRIC -> Range.of(operand.inputRange(), operand.bits());
    };
  }

  /**
   * Returns the steps whose grid covers these bounds. Zero is always representable, as zero padding
   * needs it to be.
   */
  public Steps steps(Operand operand) {
    Range range = range(operand);
    return switch (operand.symmetry()) {
      case AFFINE -> {
        NDArray least = low.clip(-Float.MAX_VALUE, 0);
        NDArray scale = steps(high.clip(0, Float.MAX_VALUE).sub(least), range);
        yield new Steps(scale, least.neg().div(scale).round());
      }
      case SYMMETRIC -> {
        NDArray scale = steps(low.neg().maximum(high), range);
        yield new Steps(scale, scale.zerosLike());
      }
    };
  }

  private static NDArray steps(NDArray widths, Range range) {
    return Scaled.over(range.highest(), widths).clip(LEAST, Float.MAX_VALUE);
  }
}

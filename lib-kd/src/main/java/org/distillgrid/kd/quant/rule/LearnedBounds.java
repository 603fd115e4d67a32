package org.distillgrid.kd.quant.rule;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import org.distillgrid.kd.nn.Clipped;
import org.distillgrid.kd.nn.HostValues;
import org.distillgrid.kd.nn.Parameter;
import org.distillgrid.kd.nn.Scaled;
import org.distillgrid.kd.quant.Bounds;
import org.distillgrid.kd.quant.BoundsRule;
import org.distillgrid.kd.quant.Operand;
import org.distillgrid.kd.quant.QuantizerParameters;
import org.distillgrid.kd.quant.Range;
import org.distillgrid.kd.quant.UniformGrid;

/**
 * A lower and an upper bound that training moves, and the grid between them: steps of s = (u −
 * l)/(2^b − 1) with a whole-number zero point, so that zero lies on it.
 */
final class LearnedBounds {
  // A range that training closed altogether would divide by zero.
  private static final float NARROWEST = 1e-6f;

  /**
   * A tensor between the bounds.
   *
   * @param values the clipped values, on the tape
   * @param step s, on the tape
   * @param levels the nearest whole numbers of the grid, zero point taken off, not on the tape
   */
  record Held(NDArray values, NDArray step, NDArray levels) {}

  private final Range range;
  private final RangedParameter low;
  private final RangedParameter high;

  /**
   * Makes the bounds of one operand.
   *
   * @param unit see {@link RangedParameter#range}
   */
  LearnedBounds(Operand operand, double unit, QuantizerParameters parameters) {
    this.range = Range.unsigned(operand.bits());
    Parameter least = parameters.learn(operand.name() + "_low", operand.scaleShape());
    Parameter greatest = parameters.learn(operand.name() + "_high", operand.scaleShape());
    this.low = new RangedParameter(least, unit);
    this.high = new RangedParameter(greatest, unit);
  }

  /** Sets both bounds; zero lies between them. */
  void assign(BoundsRule rule) {
    try (NDManager scratch = low.manager().newSubManager()) {
      Bounds bounds = rule.bounds(scratch);
      low.assign(below(bounds.low()));
      high.assign(above(bounds.high()));
    }
  }

  Held hold(NDArray x) {
    NDManager manager = x.getManager();
    NDArray least = below(low.in(manager));
    NDArray greatest = above(high.in(manager));
    NDArray values = x.maximum(least).minimum(greatest);
    NDArray step = Scaled.over(range.highest(), greatest.sub(least));
    NDArray frozen = step.stopGradient();
    NDArray zero = least.stopGradient().neg().div(frozen).round();
    NDArray levels = values.stopGradient().div(frozen).round().add(zero);
    NDArray onGrid = Clipped.between(range.lowest(), range.highest(), levels);
    return new Held(values, step, onGrid.sub(zero));
  }

  UniformGrid grid(NDManager scratch) {
    NDArray least = below(low.in(scratch));
    NDArray step = Scaled.over(range.highest(), above(high.in(scratch)).sub(least));
    return new UniformGrid(
        HostValues.of(step),
        HostValues.of(least.neg().div(step).round()),
        range.lowest(),
        range.highest());
  }

  private static NDArray below(NDArray bound) {
    return Clipped.between(-Float.MAX_VALUE, 0, bound);
  }

  private static NDArray above(NDArray bound) {
    return Clipped.between(NARROWEST, Float.MAX_VALUE, bound);
  }
}

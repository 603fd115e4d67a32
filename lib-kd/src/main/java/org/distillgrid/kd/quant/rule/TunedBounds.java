package org.distillgrid.kd.quant.rule;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import org.distillgrid.kd.quant.BoundsRule;
import org.distillgrid.kd.quant.LayerShapes;
import org.distillgrid.kd.quant.Operand;
import org.distillgrid.kd.quant.OperandQuantizer;
import org.distillgrid.kd.quant.QuantizerParameters;
import org.distillgrid.kd.quant.StraightThrough;
import org.distillgrid.kd.quant.UniformGrid;

/**
 * Bounds that are searched first and then tuned: x is clipped to [l, u] and put onto the grid of
 * {@link LearnedBounds}.
 *
 * <p>Source: 2DQuant, Liu et al., arXiv 2406.06649 (known): the step s = (u − l)/(2^b − 1) carries
 * gradient to both bounds, inside the range {@code ±(round(x/s) − x/s)/(2^b − 1)}. A whole-number
 * zero point takes the place of a grid that starts at l, so that zero is exact (reconstructed).
 */
final class TunedBounds implements OperandQuantizer {
  private final Operand operand;
  private final BoundsRule rule;
  private final LearnedBounds bounds;

  /**
   * Makes the quantiser of one operand.
   *
   * @param rule makes the first bounds
   * @param unit see {@link RangedParameter#range}
   */
  TunedBounds(Operand operand, BoundsRule rule, double unit, QuantizerParameters parameters) {
    this.operand = operand;
    this.rule = rule;
    this.bounds = new LearnedBounds(operand, unit, parameters);
  }

  @Override
  public void observe(NDArray x) {
    rule.observe(LayerShapes.rows(operand, x));
  }

  @Override
  public void fix() {
    bounds.assign(rule);
  }

  @Override
  public NDArray quantize(NDArray x) {
    LearnedBounds.Held held = bounds.hold(x);
    NDArray levels = StraightThrough.value(held.levels(), () -> held.values().div(held.step()));
    return levels.mul(held.step());
  }

  @Override
  public UniformGrid grid(NDArray x) {
    try (NDManager scratch = x.getManager().newSubManager()) {
      return bounds.grid(scratch);
    }
  }
}

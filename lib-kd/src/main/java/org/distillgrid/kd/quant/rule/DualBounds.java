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
 * Learned lower and upper bounds: x is clipped to [l, u] and put onto the grid of {@link
 * LearnedBounds}.
 *
 * <p>Source: DDTB, Zhong et al., ECCV 2022: bounds apart, first values at the 1st and 99th
 * percentile, the gradient of x is 1 inside, that of l is 1 below l, that of u is 1 above u
 * (known); the whole-number zero point as there. Its gates, which shift the bounds with each image,
 * are left out; bounds of weights are learned likewise (reconstructed).
 */
final class DualBounds implements OperandQuantizer {
  private final Operand operand;
  private final BoundsRule rule;
  private final LearnedBounds bounds;

  /**
   * Makes the quantiser of one operand.
   *
   * @param rule makes the first bounds
   * @param unit see {@link RangedParameter#range}
   */
  DualBounds(Operand operand, BoundsRule rule, double unit, QuantizerParameters parameters) {
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
    return StraightThrough.value(held.levels().mul(held.step()), held.values());
  }

  @Override
  public UniformGrid grid(NDArray x) {
    try (NDManager scratch = x.getManager().newSubManager()) {
      return bounds.grid(scratch);
    }
  }
}

package org.distillgrid.kd.quant;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import org.distillgrid.kd.nn.Clipped;
import org.distillgrid.kd.nn.HostValues;
import org.distillgrid.kd.nn.Parameter;

/**
 * A fixed grid over bounds that calibration found: {@code y = (clip(round(x/s) + z, Q_N, Q_P) −
 * z)·s}. Source: the usual affine rule, Jacob et al., CVPR 2018 (known). The gradient of y by x is
 * 1 inside the range and 0 outside.
 */
public final class CalibratedGrid implements OperandQuantizer {
  private final Operand operand;
  private final BoundsRule rule;
  private final Range range;
  private final Parameter scale;
  private final Parameter zero;

  /**
   * Makes the quantiser of one operand.
   *
   * @param rule makes bounds of what this observes
   * @param parameters where step and zero point are kept, as {@code _scale} and {@code _zero}
   */
  public CalibratedGrid(Operand operand, BoundsRule rule, QuantizerParameters parameters) {
    this.operand = operand;
    this.rule = rule;
    this.range = Bounds.range(operand);
    this.scale = parameters.fix(operand.name() + "_scale", operand.scaleShape());
    this.zero = parameters.fix(operand.name() + "_zero", operand.scaleShape());
  }

  @Override
  public void observe(NDArray x) {
    rule.observe(LayerShapes.rows(operand, x));
  }

  @Override
  public void fix() {
    try (NDManager scratch = scale.array().getManager().newSubManager()) {
      Bounds.Steps steps = rule.bounds(scratch).steps(operand);
      scale.assign(steps.scale());
      zero.assign(steps.zero());
    }
  }

  @Override
  public NDArray quantize(NDArray x) {
    NDManager step = x.getManager();
    NDArray s = scale.in(step);
    NDArray z = zero.in(step);
    NDArray shifted = StraightThrough.round(x.div(s)).add(z);
    NDArray levels = Clipped.between(range.lowest(), range.highest(), shifted);
    return levels.sub(z).mul(s);
  }

  @Override
  public UniformGrid grid(NDArray x) {
    return new UniformGrid(
        HostValues.of(scale.array()), HostValues.of(zero.array()), range.lowest(), range.highest());
  }
}

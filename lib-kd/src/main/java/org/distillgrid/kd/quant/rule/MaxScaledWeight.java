package org.distillgrid.kd.quant.rule;

import ai.djl.ndarray.NDArray;
import org.distillgrid.kd.nn.Clipped;
import org.distillgrid.kd.nn.HostValues;
import org.distillgrid.kd.nn.Scaled;
import org.distillgrid.kd.quant.LayerShapes;
import org.distillgrid.kd.quant.Operand;
import org.distillgrid.kd.quant.OperandQuantizer;
import org.distillgrid.kd.quant.Range;
import org.distillgrid.kd.quant.StraightThrough;
import org.distillgrid.kd.quant.UniformGrid;

/**
 * A weight on a grid around zero that its greatest magnitude spans at every step: {@code y =
 * round(w/s)·s}, s = max|w|/Q_P. Source: the weights of PAMS, Li et al., ECCV 2020 (known). The
 * gradient of y is that of w; s is taken as a constant.
 */
final class MaxScaledWeight implements OperandQuantizer {
  private static final float LEAST = 1e-8f;

  private final Operand operand;
  private final Range range;

  MaxScaledWeight(Operand operand) {
    this.operand = operand;
    this.range = Range.signed(operand.bits());
  }

  @Override
  public void observe(NDArray w) {}

  @Override
  public void fix() {}

  @Override
  public NDArray quantize(NDArray w) {
    NDArray s = scale(w);
    return StraightThrough.value(w.stopGradient().div(s).round().mul(s), w);
  }

  @Override
  public UniformGrid grid(NDArray w) {
    float[] steps = HostValues.of(scale(w));
    return new UniformGrid(steps, new float[steps.length], range.lowest(), range.highest());
  }

  private NDArray scale(NDArray w) {
    NDArray rows = LayerShapes.rows(operand, w.stopGradient().abs());
    NDArray scale = Scaled.over(range.highest(), rows.max(LayerShapes.columns()));
    return Clipped.between(LEAST, Float.MAX_VALUE, scale).reshape(operand.scaleShape());
  }
}

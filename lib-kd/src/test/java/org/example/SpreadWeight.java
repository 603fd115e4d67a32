package org.example;

import ai.djl.ndarray.NDArray;
import org.distillgrid.kd.nn.Scaled;
import org.distillgrid.kd.quant.LayerShapes;
import org.distillgrid.kd.quant.Operand;
import org.distillgrid.kd.quant.OperandQuantizer;
import org.distillgrid.kd.quant.Range;
import org.distillgrid.kd.quant.StraightThrough;
import org.distillgrid.kd.quant.UniformGrid;

/** {@code y = clip(round(w/s), Q_N, Q_P)·s}, s = width·√mean(w²)/Q_P, taken as a constant. */
final class SpreadWeight implements OperandQuantizer {
  private static final float LEAST = 1e-8f;

  private final Operand operand;
  private final Range range;
  private final double width;

  SpreadWeight(Operand operand, double width) {
    this.operand = operand;
    this.range = Range.signed(operand.bits());
    this.width = width;
  }

  @Override
  public void observe(NDArray w) {}

  @Override
  public void fix() {}

  @Override
  public NDArray quantize(NDArray w) {
    NDArray s = step(w);
    return StraightThrough.round(w.div(s)).clip(range.lowest(), range.highest()).mul(s);
  }

  @Override
  public UniformGrid grid(NDArray w) {
    float[] steps = step(w).toFloatArray();
    return new UniformGrid(steps, new float[steps.length], range.lowest(), range.highest());
  }

  private NDArray step(NDArray w) {
    NDArray rows = LayerShapes.rows(operand, w.stopGradient());
    NDArray spread = rows.square().mean(LayerShapes.columns()).sqrt();
    return Scaled.by(width / range.highest(), spread)
        .clip(LEAST, Float.MAX_VALUE)
        .reshape(operand.scaleShape());
  }
}

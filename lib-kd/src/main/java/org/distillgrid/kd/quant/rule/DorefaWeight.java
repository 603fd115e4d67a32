package org.distillgrid.kd.quant.rule;

import ai.djl.ndarray.NDArray;
import java.util.Arrays;
import org.distillgrid.kd.nn.Clipped;
import org.distillgrid.kd.nn.HostValues;
import org.distillgrid.kd.nn.Scaled;
import org.distillgrid.kd.nn.Shifted;
import org.distillgrid.kd.quant.LayerShapes;
import org.distillgrid.kd.quant.Operand;
import org.distillgrid.kd.quant.OperandQuantizer;
import org.distillgrid.kd.quant.Range;
import org.distillgrid.kd.quant.StraightThrough;
import org.distillgrid.kd.quant.UniformGrid;

/**
 * A weight through tanh onto an even grid: {@code v = tanh w / max|tanh w|}, {@code y = (2·Q(v/2 +
 * ½) − 1)·max|tanh w|}, Q rounds to 2^b values between 0 and 1.
 *
 * <p>Source: DoReFa-Net, Zhou et al., arXiv 1606.06160, eqs. 9 and 10 (known). The factor max|tanh
 * w| at the end is ours: it keeps the magnitude of full-precision weights that training starts
 * from. The gradient is that of tanh; the maximum is taken as a constant.
 */
final class DorefaWeight implements OperandQuantizer {
  private static final float LEAST = 1e-8f;

  private final Operand operand;
  private final Range range;

  DorefaWeight(Operand operand) {
    this.operand = operand;
    this.range = Range.unsigned(operand.bits());
  }

  @Override
  public void observe(NDArray w) {}

  @Override
  public void fix() {}

  @Override
  public NDArray quantize(NDArray w) {
    NDArray squashed = w.tanh();
    NDArray frozen = squashed.stopGradient();
    NDArray step = step(frozen);
    float middle = middle();
    NDArray levels =
        Clipped.between(
            range.lowest(), range.highest(), Shifted.by(middle, frozen.div(step)).round());
    return StraightThrough.value(Shifted.by(-middle, levels).mul(step), squashed);
  }

  @Override
  public UniformGrid grid(NDArray w) {
    float[] steps = HostValues.of(step(w.stopGradient().tanh()));
    float[] zeros = new float[steps.length];
    Arrays.fill(zeros, middle());
    return new UniformGrid(steps, zeros, range.lowest(), range.highest());
  }

  private float middle() {
    return range.highest() / 2f;
  }

  // Half the grid's levels lie on either side of zero, none on it.
  private NDArray step(NDArray squashed) {
    NDArray greatest = LayerShapes.rows(operand, squashed.abs()).max(LayerShapes.columns());
    return Scaled.over(middle(), Clipped.between(LEAST, Float.MAX_VALUE, greatest))
        .reshape(operand.scaleShape());
  }
}

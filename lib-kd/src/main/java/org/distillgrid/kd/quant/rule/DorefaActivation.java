package org.distillgrid.kd.quant.rule;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import org.distillgrid.kd.nn.Clipped;
import org.distillgrid.kd.nn.HostValues;
import org.distillgrid.kd.nn.Parameter;
import org.distillgrid.kd.nn.Scaled;
import org.distillgrid.kd.quant.LayerShapes;
import org.distillgrid.kd.quant.Operand;
import org.distillgrid.kd.quant.OperandQuantizer;
import org.distillgrid.kd.quant.QuantizerParameters;
import org.distillgrid.kd.quant.Range;
import org.distillgrid.kd.quant.StraightThrough;
import org.distillgrid.kd.quant.UniformGrid;

/**
 * An activation clipped to [0, 1]·c, or to [−1, 1]·c where it can be negative, and rounded to
 * evenly spaced values: {@code y = round(clip(x/s, Q_N, Q_P))·s}, s = c/Q_P.
 *
 * <p>Source: DoReFa-Net, Zhou et al., arXiv 1606.06160, eq. 11 (known for [0, 1]). The fixed range
 * c is the mean over the calibration batches of max|x| (reconstructed: images' features have no
 * bound of 1).
 */
final class DorefaActivation implements OperandQuantizer {
  private static final float LEAST = 1e-8f;

  private final Operand operand;
  private final Parameter scale;
  private final Range range;
  private final ChannelStatistic greatest;

  DorefaActivation(Operand operand, QuantizerParameters parameters) {
    this.operand = operand;
    this.scale = parameters.fix(operand.name() + "_scale", operand.scaleShape());
    this.range = Range.of(operand.inputRange(), operand.bits());
    this.greatest = ChannelStatistic.like(operand, Float::sum);
  }

  @Override
  public void observe(NDArray x) {
    greatest.add(LayerShapes.rows(operand, x.abs()).max(LayerShapes.columns()));
  }

  @Override
  public void fix() {
    try (NDManager scratch = scale.array().getManager().newSubManager()) {
      NDArray mean = Scaled.over(greatest.count(), greatest.column(scratch));
      scale.assign(Clipped.between(LEAST, Float.MAX_VALUE, Scaled.over(range.highest(), mean)));
    }
  }

  @Override
  public NDArray quantize(NDArray x) {
    NDArray s = scale.in(x.getManager());
    NDArray clipped = Clipped.between(lowest(), range.highest(), x.div(s));
    return StraightThrough.round(clipped).mul(s);
  }

  @Override
  public UniformGrid grid(NDArray x) {
    float[] steps = HostValues.of(scale.array());
    return new UniformGrid(steps, new float[steps.length], lowest(), range.highest());
  }

  // The range is as wide downwards as upwards.
  private int lowest() {
    return Math.max(range.lowest(), -range.highest());
  }
}

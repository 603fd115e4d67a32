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
 * A learned clip α: {@code y = round(clip(x, −α, α)/s)·s}, s = α/Q_P; after a ReLU the range is
 * 0..α with twice the levels.
 *
 * <p>Source: PAMS, Li et al., ECCV 2020 (known; one-sided ranges after a ReLU are ours). The
 * gradient of α is ±1 outside the range and {@code (y − x)/α} inside. The first α is the moving
 * average of max|x| over the calibration batches (decay 0.9997 known).
 */
final class PamsActivation implements OperandQuantizer {
  private static final float LEAST = 1e-8f;

  private final Operand operand;
  private final RangedParameter clip;
  private final Range range;
  private final ChannelStatistic greatest;

  /**
   * Makes the quantiser of one activation.
   *
   * @param averageDecay of the moving average, 0 to 1
   * @param unit see {@link RangedParameter#range}
   */
  PamsActivation(
      Operand operand, double averageDecay, double unit, QuantizerParameters parameters) {
    float decay = (float) averageDecay;
    this.operand = operand;
    Parameter learned = parameters.learn(operand.name() + "_clip", operand.scaleShape());
    this.clip = new RangedParameter(learned, unit);
    this.range = Range.of(operand.inputRange(), operand.bits());
    this.greatest =
        ChannelStatistic.like(operand, (earlier, later) -> decay * earlier + (1 - decay) * later);
  }

  @Override
  public void observe(NDArray x) {
    greatest.add(LayerShapes.rows(operand, x.abs()).max(LayerShapes.columns()));
  }

  @Override
  public void fix() {
    try (NDManager scratch = clip.manager().newSubManager()) {
      clip.assign(positive(greatest.column(scratch)));
    }
  }

  @Override
  public NDArray quantize(NDArray x) {
    NDArray high = positive(clip.in(x.getManager()));
    NDArray clipped = x.minimum(high);
    if (range.lowest() < 0) {
      clipped = clipped.maximum(high.neg());
    }
    NDArray s = Scaled.over(range.highest(), high);
    return StraightThrough.round(clipped.div(s)).mul(s);
  }

  @Override
  public UniformGrid grid(NDArray x) {
    float[] steps = HostValues.of(Scaled.over(range.highest(), positive(clip.array())));
    int lowest = Math.max(range.lowest(), -range.highest());
    return new UniformGrid(steps, new float[steps.length], lowest, range.highest());
  }

  private static NDArray positive(NDArray bound) {
    return Clipped.between(LEAST, Float.MAX_VALUE, bound);
  }
}

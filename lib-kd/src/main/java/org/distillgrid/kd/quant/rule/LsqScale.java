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
 * Learned step sizes: {@code y = round(clip(x/s, −Q_N, Q_P))·s}, one s for the tensor or one for
 * each output channel.
 *
 * <p>Source: Esser et al., Learned Step Size Quantization, arXiv 1902.08153, eqs. 1–5 (known). The
 * gradient of s is {@code round(x/s) − x/s} inside the clip range, −Q_N below and Q_P above it,
 * scaled by 1/√(numel·Q_P); numel counts the values that share the step size. The first s is
 * 2·mean|x|/√Q_P.
 */
final class LsqScale implements OperandQuantizer {
  private static final float LEAST = 1e-8f;

  private final Operand operand;
  private final RangedParameter scale;
  private final Range range;
  private final ChannelStatistic meanAbsolute;
  private NDArray least;
  private NDArray gradientFactor;
  private long valuesOfFactor;

  /** Makes the quantiser of a weight, or of an activation of a network that works on 0–1. */
  LsqScale(Operand operand, QuantizerParameters parameters) {
    this(operand, 1, parameters);
  }

  /**
   * Makes the quantiser of one operand.
   *
   * @param unit see {@link RangedParameter#range}
   */
  LsqScale(Operand operand, double unit, QuantizerParameters parameters) {
    this.operand = operand;
    Parameter learned = parameters.learn(operand.name() + "_scale", operand.scaleShape());
    this.scale = new RangedParameter(learned, unit);
    this.range = Range.of(operand.inputRange(), operand.bits());
    this.meanAbsolute = ChannelStatistic.like(operand, Float::sum);
  }

  @Override
  public void observe(NDArray x) {
    meanAbsolute.add(LayerShapes.rows(operand, x.abs()).mean(LayerShapes.columns()));
  }

  @Override
  public void fix() {
    double factor = 2 / Math.sqrt((double) range.highest()) / meanAbsolute.count();
    try (NDManager scratch = scale.manager().newSubManager()) {
      NDArray first = Scaled.by(factor, meanAbsolute.column(scratch));
      scale.assign(Clipped.between(LEAST, Float.MAX_VALUE, first));
    }
  }

  @Override
  public NDArray quantize(NDArray x) {
    prepareConstants(x.size());
    // Adam may push a step size through zero, where the quantiser has no meaning.
    NDArray positive = scale.in(x.getManager()).maximum(least);
    NDArray s = StraightThrough.scaleGradient(positive, gradientFactor);
    NDArray clipped = Clipped.between(range.lowest(), range.highest(), x.div(s));
    return StraightThrough.round(clipped).mul(s);
  }

  @Override
  public UniformGrid grid(NDArray x) {
    float[] steps = HostValues.of(Clipped.between(LEAST, Float.MAX_VALUE, scale.array()));
    return new UniformGrid(steps, new float[steps.length], range.lowest(), range.highest());
  }

  // Small nets feel every tensor that a step makes; these are the same at every step.
  private void prepareConstants(long values) {
    NDManager owner = scale.manager();
    if (least == null) {
      least = owner.create(LEAST);
    }
    if (values != valuesOfFactor) {
      double shared = (double) values / (double) scale.parameter().shape().size();
      gradientFactor = owner.create((float) (1 / Math.sqrt(shared * range.highest())));
      valuesOfFactor = values;
    }
  }
}

package org.distillgrid.kd.quant.observer;

import org.distillgrid.kd.quant.BoundsRule;
import org.distillgrid.kd.quant.Operand;
import org.distillgrid.kd.quant.rule.ChannelStatistic;
import org.distillgrid.kd.quant.rule.ExtremeBounds;

/**
 * Least and greatest value as moving averages over the batches, the first batch's at first: {@code
 * m ← m + c·(min x − m)}. Source: {@code MovingAverageMinMaxObserver} of PyTorch (known).
 */
final class MovingBounds {
  private MovingBounds() {}

  /**
   * Makes a rule.
   *
   * @param average c, the weight of a new batch
   */
  static BoundsRule of(Operand operand, double average) {
    float share = (float) average;
    ChannelStatistic.Join join = (earlier, later) -> earlier + share * (later - earlier);
    return new ExtremeBounds(operand, join, join);
  }
}

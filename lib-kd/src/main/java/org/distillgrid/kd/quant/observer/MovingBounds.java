package org.distillgrid.kd.quant.observer;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import org.distillgrid.kd.quant.Bounds;
import org.distillgrid.kd.quant.BoundsRule;
import org.distillgrid.kd.quant.LayerShapes;
import org.distillgrid.kd.quant.Operand;
import org.distillgrid.kd.quant.rule.ChannelStatistic;

/**
 * Least and greatest value as moving averages over the batches, the first batch's at first: {@code
 * m ← m + c·(min x − m)}. Source: {@code MovingAverageMinMaxObserver} of PyTorch (known).
 */
final class MovingBounds implements BoundsRule {
  private final ChannelStatistic least;
  private final ChannelStatistic greatest;

  /**
   * Makes a rule.
   *
   * @param average c, the weight of a new batch
   */
  MovingBounds(Operand operand, double average) {
    float share = (float) average;
    ChannelStatistic.Join join = (earlier, later) -> earlier + share * (later - earlier);
    this.least = ChannelStatistic.like(operand, join);
    this.greatest = ChannelStatistic.like(operand, join);
  }

  @Override
  public void observe(NDArray rows) {
    least.add(rows.min(LayerShapes.columns()));
    greatest.add(rows.max(LayerShapes.columns()));
  }

  @Override
  public Bounds bounds(NDManager manager) {
    return new Bounds(least.column(manager), greatest.column(manager));
  }
}

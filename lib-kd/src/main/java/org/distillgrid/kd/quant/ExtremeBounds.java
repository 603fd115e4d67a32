package org.distillgrid.kd.quant;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;

/** From the least to the greatest value of all batches. */
final class ExtremeBounds implements BoundsRule {
  private final ChannelStatistic least;
  private final ChannelStatistic greatest;

  ExtremeBounds(Operand operand) {
    this.least = ChannelStatistic.like(operand, Math::min);
    this.greatest = ChannelStatistic.like(operand, Math::max);
  }

  @Override
  public void observe(NDArray rows) {
    least.add(rows.min(LayerShapes.COLUMNS));
    greatest.add(rows.max(LayerShapes.COLUMNS));
  }

  @Override
  public Bounds bounds(NDManager manager) {
    return new Bounds(least.column(manager), greatest.column(manager));
  }
}

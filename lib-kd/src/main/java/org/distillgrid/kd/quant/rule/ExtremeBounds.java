package org.distillgrid.kd.quant.rule;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import org.distillgrid.kd.quant.Bounds;
import org.distillgrid.kd.quant.BoundsRule;
import org.distillgrid.kd.quant.LayerShapes;
import org.distillgrid.kd.quant.Operand;

/** From the least to the greatest value of all batches, or of what those of the batches join to. */
public final class ExtremeBounds implements BoundsRule {
  private final ChannelStatistic least;
  private final ChannelStatistic greatest;

  /** Makes a rule for the scales of an operand. */
  public ExtremeBounds(Operand operand) {
    this(operand, Math::min, Math::max);
  }

  /**
   * Makes a rule that joins the batches' values otherwise.
   *
   * @param least joins the least values of two batches
   * @param greatest joins their greatest
   */
  public ExtremeBounds(
      Operand operand, ChannelStatistic.Join least, ChannelStatistic.Join greatest) {
    this.least = ChannelStatistic.like(operand, least);
    this.greatest = ChannelStatistic.like(operand, greatest);
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

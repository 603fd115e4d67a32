package org.distillgrid.kd.quant.rule;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.index.NDIndex;
import org.distillgrid.kd.nn.Scaled;
import org.distillgrid.kd.quant.Bounds;
import org.distillgrid.kd.quant.BoundsRule;
import org.distillgrid.kd.quant.LayerShapes;
import org.distillgrid.kd.quant.Operand;
import org.distillgrid.kd.registry.OptionValues;
import org.distillgrid.kd.registry.ValueOption;

/**
 * From a low percentile to the opposite high one, of each batch, then the mean of the batches;
 * between two values as NumPy interpolates. Of a row longer than 2¹⁸ values every n-th is taken.
 */
final class PercentileBounds implements BoundsRule {
  private static final long MOST_VALUES = 1 << 18;
  private static final double WHOLE = 100;

  private final double tail;
  private final ChannelStatistic low;
  private final ChannelStatistic high;

  /**
   * Makes a rule.
   *
   * @param tail the part of the values left out at each end, for instance 0.01
   */
  PercentileBounds(Operand operand, double tail) {
    this.tail = tail;
    this.low = ChannelStatistic.like(operand, Float::sum);
    this.high = ChannelStatistic.like(operand, Float::sum);
  }

  /**
   * Returns an option that says where bounds lie.
   *
   * @param what whose bounds, with the mark: known or reconstructed
   * @param standard a percentile, the lower one of the two
   */
  static ValueOption option(String key, String what, double standard) {
    return ValueOption.number(
        key, "percentile, with 100 less that, of the range of " + what, standard, 0, 49);
  }

  /** Returns the rule that an option says. */
  static PercentileBounds of(Operand operand, OptionValues values, String key) {
    return new PercentileBounds(operand, values.number(key) / WHOLE);
  }

  @Override
  public void observe(NDArray rows) {
    NDArray sorted = LayerShapes.thinned(rows, MOST_VALUES).sort(1);
    low.add(quantile(sorted, tail));
    high.add(quantile(sorted, 1 - tail));
  }

  @Override
  public Bounds bounds(NDManager manager) {
    return new Bounds(mean(low, manager), mean(high, manager));
  }

  private static NDArray mean(ChannelStatistic statistic, NDManager manager) {
    return Scaled.over(statistic.count(), statistic.column(manager));
  }

  private static NDArray quantile(NDArray sorted, double part) {
    double place = part * (sorted.getShape().get(1) - 1);
    long before = (long) Math.floor(place);
    NDArray left = sorted.get(new NDIndex(":,{}", before));
    if (before == place) {
      return left;
    }
    NDArray right = sorted.get(new NDIndex(":,{}", before + 1));
    return left.add(Scaled.by(place - before, right.sub(left)));
  }
}

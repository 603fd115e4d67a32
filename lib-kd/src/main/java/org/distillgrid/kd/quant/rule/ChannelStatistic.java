package org.distillgrid.kd.quant.rule;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import org.distillgrid.kd.nn.HostValues;
import org.distillgrid.kd.quant.Operand;

/** Joins one number a channel, or one in all, over the batches of a calibration. */
public final class ChannelStatistic {
  /** How two batches' numbers become one. */
  @FunctionalInterface
  public interface Join {
    /** Returns the number of both. */
    float of(float earlier, float later);
  }

  private final float[] joined;
  private final Join join;
  private int count;

  private ChannelStatistic(int size, Join join) {
    this.joined = new float[size];
    this.join = join;
  }

  /** Returns a statistic with as many numbers as an operand has scales. */
  public static ChannelStatistic like(Operand operand, Join join) {
    return new ChannelStatistic(Math.toIntExact(operand.scaleShape().size()), join);
  }

  /** Takes in the numbers of one batch. */
  public void add(NDArray numbers) {
    float[] later = HostValues.of(numbers);
    for (int i = 0; i < joined.length; i++) {
      if (count == 0) {
        joined[i] = later[i];
      } else {
        joined[i] = join.of(joined[i], later[i]);
      }
    }
    count++;
  }

  /** Returns how many batches it has seen. */
  int count() {
    return count;
  }

  /** Returns the joined numbers below each other, n×1. */
  public NDArray column(NDManager manager) {
    return manager.create(joined, new Shape(joined.length, 1));
  }
}

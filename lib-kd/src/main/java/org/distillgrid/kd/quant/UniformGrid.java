package org.distillgrid.kd.quant;

/**
 * The values that a fixed quantiser gives: {@code (q − zero)·scale} for whole numbers q.
 *
 * @param scale steps, one for the tensor or one for each output channel
 * @param zero zero points, as many; halves where the values lie evenly around zero without touching
 *     it
 * @param lowest the least q
 * @param highest the greatest q
 */
public record UniformGrid(float[] scale, float[] zero, int lowest, int highest) {
  /** Checks that every step has its zero point. */
  public UniformGrid {
    if (scale.length != zero.length || lowest >= highest) {
      throw new IllegalArgumentException(
          String.format(
              "Not a grid: %d steps, %d zero points, %d to %d",
              scale.length, zero.length, lowest, highest));
    }
  }

  /** Returns the whole number whose value is nearest. */
  public int level(float value, int channel) {
    long nearest = Math.round((double) value / scale[channel] + zero[channel]);
    return (int) Math.max(lowest, Math.min(highest, nearest));
  }

  /** Returns the value of a whole number. */
  public float value(int level, int channel) {
    return (level - zero[channel]) * scale[channel];
  }
}

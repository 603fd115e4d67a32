package org.distillgrid.kd.image;

import java.util.Arrays;

/** Combines the values of one padded line into its output places. */
interface BicubicLine {
  /**
   * Writes the output places of a line, not rounded.
   *
   * @param values the line, reflected at both ends as far as the taps reach
   * @param pad where its first place lies in {@code values}
   */
  void combine(double[] values, int pad, double[] result);

  /** Returns the fastest way for these taps; all ways sum in the same order, to the same bits. */
  static BicubicLine of(BicubicTaps taps) {
    if (taps.step() >= 1 && taps.isUniform()) {
      return new Stepped(taps);
    }
    return new Scattered(taps);
  }

  /** Any taps, one output place after the other. */
  record Scattered(BicubicTaps taps) implements BicubicLine {
    @Override
    public void combine(double[] values, int pad, double[] result) {
      int count = taps.count();
      double[] weights = taps.weights();
      for (int place = 0; place < result.length; place++) {
        int from = pad + taps.first()[place];
        double sum = 0;
        for (int tap = 0; tap < count; tap++) {
          sum += weights[place * count + tap] * values[from + tap];
        }
        result[place] = sum;
      }
    }
  }

  /**
   * The same taps at the same step everywhere, as for ×1/2 and ×1/4. The line is dealt out to as
   * many lanes as the step, so that each tap reads neighbours: loops that the compiler turns into
   * vector instructions.
   */
  final class Stepped implements BicubicLine {
    private final int first;
    private final int step;
    private final double[] weights;
    private final double[][] lanes;
    private final double[][] ofTap;

    Stepped(BicubicTaps taps) {
      int count = taps.count();
      int length = taps.first().length;
      this.first = taps.first()[0];
      this.step = taps.step();
      this.weights = Arrays.copyOf(taps.weights(), count);
      this.lanes = new double[Math.min(step, count)][length + (count - 1) / step];
      this.ofTap = new double[count][length];
    }

    @Override
    public void combine(double[] values, int pad, double[] result) {
      for (int lane = 0; lane < lanes.length; lane++) {
        deal(values, pad + first + lane, lanes[lane], step);
      }
      for (int tap = 0; tap < ofTap.length; tap++) {
        System.arraycopy(lanes[tap % step], tap / step, ofTap[tap], 0, result.length);
      }
      WeightedSum.write(ofTap, weights, 0, result);
    }

    private static void deal(double[] values, int from, double[] lane, int step) {
      int length = Math.min(lane.length, (values.length - from - 1) / step + 1);
      for (int i = 0; i < length; i++) {
        lane[i] = values[from + i * step];
      }
    }
  }
}

package org.distillgrid.kd.image;

import java.util.Arrays;

/** Makes the output rows of one channel, each from the few input rows that its taps name. */
final class BicubicRows {
  private static final int NONE = -1;

  private final Source source;
  private final int inputHeight;
  private final int inputWidth;
  private final BicubicTaps down;
  private final BicubicLine across;
  private final Between rule;
  private final int pad;
  private final double[][] cachedRows;
  private final int[] cachedPlaces;
  private final double[] sums;
  private final double[] between;
  private final double[] result;

  BicubicRows(Source source, BicubicTaps down, BicubicTaps acrossTaps, Between rule) {
    this.source = source;
    this.inputHeight = down.inputLength();
    this.inputWidth = acrossTaps.inputLength();
    this.down = down;
    this.across = BicubicLine.of(acrossTaps);
    this.rule = rule;
    this.pad = acrossTaps.before();
    // The rows of one window are neighbours: modulo the number of taps they never collide.
    int slots = Math.min(down.count(), inputHeight);
    this.cachedRows = new double[slots][inputWidth];
    this.cachedPlaces = new int[slots];
    Arrays.fill(cachedPlaces, NONE);
    this.sums = new double[inputWidth];
    this.between = new double[pad + inputWidth + acrossTaps.behind()];
    this.result = new double[acrossTaps.first().length];
  }

  /** Where the input rows of a channel come from. */
  interface Source {
    /** Fills {@code values} with one row. */
    void read(int row, double[] values);
  }

  /** What becomes of the values between the two passes. */
  enum Between {
    /** They are rounded and clamped to 0..255. */
    ROUNDED,
    /** They stay as they are. */
    EXACT
  }

  /** Returns one output row, not rounded; the array is used again for the next. */
  double[] row(int row) {
    double[][] window = new double[down.count()][];
    for (int tap = 0; tap < window.length; tap++) {
      window[tap] = inputRow(BicubicTaps.mirror(down.first()[row] + tap, inputHeight));
    }
    WeightedSum.write(window, down.weights(), row * down.count(), sums);
    if (rule == Between.ROUNDED) {
      round(sums);
    }
    System.arraycopy(sums, 0, between, pad, inputWidth);
    pad();
    across.combine(between, pad, result);
    return result;
  }

  private double[] inputRow(int place) {
    int slot = place % cachedRows.length;
    if (cachedPlaces[slot] != place) {
      source.read(place, cachedRows[slot]);
      cachedPlaces[slot] = place;
    }
    return cachedRows[slot];
  }

  // Clamped by absolute values, which is exact on whole numbers: Math.min and Math.max take care of
  // NaN and -0 and are slow.
  private static void round(double[] values) {
    for (int i = 0; i < values.length; i++) {
      double whole = Math.floor(values[i] + 0.5);
      double atLeastBlack = 0.5 * (whole + Math.abs(whole));
      values[i] = 0.5 * (atLeastBlack + 255 - Math.abs(atLeastBlack - 255));
    }
  }

  private void pad() {
    int width = inputWidth;
    for (int i = 0; i < pad; i++) {
      between[i] = between[pad + BicubicTaps.mirror(i - pad, width)];
    }
    for (int i = pad + width; i < between.length; i++) {
      between[i] = between[pad + BicubicTaps.mirror(i - pad, width)];
    }
  }
}

package org.distillgrid.kd.image;

import java.util.Arrays;

/** Makes the output rows of one channel, each from the few input rows that its taps name. */
final class BicubicRows {
  private static final int NONE = -1;

  private final Source source;
  private final int inputHeight;
  private final int inputWidth;
  private final BicubicTaps down;
  private final BicubicTaps across;
  private final Between rule;
  private final int pad;
  private final double[][] cachedRows;
  private final int[] cachedPlaces;
  private final double[] between;
  private final double[] result;

  BicubicRows(Source source, BicubicTaps down, BicubicTaps across, Between rule) {
    this.source = source;
    this.inputHeight = down.inputLength();
    this.inputWidth = across.inputLength();
    this.down = down;
    this.across = across;
    this.rule = rule;
    this.pad = across.before();
    // The rows of one window are neighbours: modulo the number of taps they never collide.
    int slots = Math.min(down.count(), inputHeight);
    this.cachedRows = new double[slots][inputWidth];
    this.cachedPlaces = new int[slots];
    Arrays.fill(cachedPlaces, NONE);
    this.between = new double[pad + inputWidth + across.behind()];
    this.result = new double[across.first().length];
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
    combineDown(window, row * down.count());
    if (rule == Between.ROUNDED) {
      roundBetween();
    }
    pad();
    combineAcross();
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

  // Four rows at a time, in the order of the taps: as exact as one by one, a quarter of the
  // traffic.
  private void combineDown(double[][] window, int weightOffset) {
    double[] weights = down.weights();
    int width = inputWidth;
    Arrays.fill(between, pad, pad + width, 0);
    int tap = 0;
    for (; tap + 4 <= window.length; tap += 4) {
      int w = weightOffset + tap;
      addFour(
          window[tap],
          window[tap + 1],
          window[tap + 2],
          window[tap + 3],
          weights[w],
          weights[w + 1],
          weights[w + 2],
          weights[w + 3]);
    }
    for (; tap < window.length; tap++) {
      double[] values = window[tap];
      double weight = weights[weightOffset + tap];
      for (int i = 0; i < width; i++) {
        between[pad + i] += weight * values[i];
      }
    }
  }

  private void roundBetween() {
    for (int i = pad; i < pad + inputWidth; i++) {
      between[i] = Math.max(0, Math.min(255, Math.floor(between[i] + 0.5)));
    }
  }

  private void addFour(
      double[] a, double[] b, double[] c, double[] d, double wa, double wb, double wc, double wd) {
    int width = a.length;
    for (int i = 0; i < width; i++) {
      between[pad + i] = between[pad + i] + wa * a[i] + wb * b[i] + wc * c[i] + wd * d[i];
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

  private void combineAcross() {
    int count = across.count();
    int[] first = across.first();
    double[] weights = across.weights();
    for (int column = 0; column < first.length; column++) {
      int from = pad + first[column];
      int w = column * count;
      double sum = 0;
      int tap = 0;
      for (; tap + 4 <= count; tap += 4) {
        sum =
            sum
                + weights[w + tap] * between[from + tap]
                + weights[w + tap + 1] * between[from + tap + 1]
                + weights[w + tap + 2] * between[from + tap + 2]
                + weights[w + tap + 3] * between[from + tap + 3];
      }
      for (; tap < count; tap++) {
        sum += weights[w + tap] * between[from + tap];
      }
      result[column] = sum;
    }
  }
}

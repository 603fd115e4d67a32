package org.distillgrid.kd.image;

import java.util.Arrays;

/**
 * Which input places, with which weights, make each output place of one dimension: MATLAB's {@code
 * imresize} contributions for the cubic kernel (a = −0.5) with antialiasing. Places may lie outside
 * the input; {@link #mirror} brings them back.
 *
 * @param inputLength how many places the input has
 * @param count taps of each output place
 * @param first the input place of the first tap of each output place, counted from 0
 * @param weights {@code count} weights for each output place, summing to 1
 */
record BicubicTaps(int inputLength, int count, int[] first, double[] weights) {
  private static final double SUPPORT = 4;

  /** Returns the taps that bring {@code inputLength} places to {@code outputLength}. */
  static BicubicTaps between(int inputLength, int outputLength, double scale) {
    double stretch = Math.min(scale, 1);
    double support = SUPPORT / stretch;
    int count = (int) Math.ceil(support) + 2;
    int[] first = new int[outputLength];
    double[] weights = new double[Math.multiplyExact(outputLength, count)];
    for (int place = 0; place < outputLength; place++) {
      // MATLAB counts places from 1; its order of operations is kept, so that weights agree
      // bitwise.
      double center = (place + 1) / scale + 0.5 * (1 - 1 / scale);
      int left = (int) Math.floor(center - support / 2);
      first[place] = left - 1;
      double sum = 0;
      for (int tap = 0; tap < count; tap++) {
        double weight = stretch * cubic(stretch * (center - (left + tap)));
        weights[place * count + tap] = weight;
        sum += weight;
      }
      for (int tap = 0; tap < count; tap++) {
        weights[place * count + tap] /= sum;
      }
    }
    return new BicubicTaps(inputLength, count, first, weights).trimmed();
  }

  /** Returns the place inside the input that a place stands for under symmetric reflection. */
  static int mirror(int place, int length) {
    int folded = Math.floorMod(place, 2 * length);
    return Math.min(folded, 2 * length - 1 - folded);
  }

  /** Returns by how much the first taps of neighbouring outputs differ; 0 where that varies. */
  int step() {
    if (first.length == 1) {
      return 0;
    }
    int step = first[1] - first[0];
    for (int place = 1; place < first.length; place++) {
      if (first[place] - first[place - 1] != step) {
        return 0;
      }
    }
    return step;
  }

  /** Returns whether every output place has the very same weights. */
  boolean isUniform() {
    for (int i = count; i < weights.length; i++) {
      if (weights[i] != weights[i - count]) {
        return false;
      }
    }
    return true;
  }

  /** Returns how many places the taps reach before the first input place. */
  int before() {
    return Math.max(0, -Arrays.stream(first).min().orElse(0));
  }

  /** Returns how many places the taps reach behind the last input place. */
  int behind() {
    return Math.max(0, Arrays.stream(first).max().orElse(0) + count - inputLength);
  }

  private static double cubic(double x) {
    double a = Math.abs(x);
    double square = a * a;
    double cube = square * a;
    if (a <= 1) {
      return 1.5 * cube - 2.5 * square + 1;
    }
    if (a <= 2) {
      return -0.5 * cube + 2.5 * square - 4 * a + 2;
    }
    return 0;
  }

  // Columns of taps that are zero everywhere cost time and change nothing.
  private BicubicTaps trimmed() {
    int from = 0;
    while (isZeroEverywhere(from)) {
      from++;
    }
    int to = count;
    while (isZeroEverywhere(to - 1)) {
      to--;
    }
    int kept = to - from;
    int[] movedFirst = new int[first.length];
    double[] keptWeights = new double[first.length * kept];
    for (int place = 0; place < first.length; place++) {
      movedFirst[place] = first[place] + from;
      System.arraycopy(weights, place * count + from, keptWeights, place * kept, kept);
    }
    return new BicubicTaps(inputLength, kept, movedFirst, keptWeights);
  }

  private boolean isZeroEverywhere(int tap) {
    for (int place = 0; place < first.length; place++) {
      if (weights[place * count + tap] != 0) {
        return false;
      }
    }
    return true;
  }
}

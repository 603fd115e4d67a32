package org.distillgrid.kd.quant.observer;

/**
 * A histogram of 2,048 bins whose range grows with what it sees: what was counted so far is taken
 * as spread evenly within its bins, cut into 128 parts each, and laid into wider bins. Source:
 * {@code HistogramObserver} of PyTorch (known); 32-bit floats where PyTorch has them, so that the
 * bins agree with its own.
 */
final class Histogram {
  static final int BINS = 2048;
  private static final int PARTS = 128;

  private float[] counts = new float[BINS];
  private float least = Float.POSITIVE_INFINITY;
  private float greatest = Float.NEGATIVE_INFINITY;

  /** Returns how much lies in each bin, from the lowest to the highest. */
  float[] counts() {
    return counts;
  }

  /** Returns the lower end of the lowest bin. */
  float least() {
    return least;
  }

  /** Returns the upper end of the highest bin. */
  float greatest() {
    return greatest;
  }

  /** Counts the values of one batch, of one at least. */
  void add(float[] values) {
    float low = Float.POSITIVE_INFINITY;
    float high = Float.NEGATIVE_INFINITY;
    for (float value : values) {
      low = Math.min(low, value);
      high = Math.max(high, value);
    }
    if (partWidth() > 0) {
      join(values, Math.min(low, least), Math.max(high, greatest));
    } else {
      least = low;
      greatest = high;
      counts = counted(values, low, high);
    }
  }

  // Of nothing, and of equal values, there is no width that could be kept.
  private float partWidth() {
    if (least >= greatest) {
      return 0;
    }
    return (greatest - least) / (BINS * PARTS);
  }

  private void join(float[] values, float low, float high) {
    float part = partWidth();
    long merged = (long) Math.ceil((high - low) / (BINS * part));
    // The upper end moves up to where a whole number of parts makes a bin; a lower end at zero
    // stays there.
    float top = high + (merged * (BINS * part) - (high - low));
    float[] added = counted(values, low, top);
    if (low == least && top == greatest) {
      for (int i = 0; i < BINS; i++) {
        added[i] += counts[i];
      }
    } else {
      lay(added, merged, (long) Math.rint((least - low) / part));
    }
    counts = added;
    least = low;
    greatest = top;
  }

  private void lay(float[] added, long merged, long begin) {
    double[] below = new double[BINS + 1];
    for (int i = 0; i < BINS; i++) {
      below[i + 1] = below[i] + counts[i];
    }
    float former = 0;
    for (int i = 0; i < BINS; i++) {
      double reached = upTo(merged * (i + 1) - begin, below);
      added[i] += (float) ((reached - former) / PARTS);
      former = (float) reached;
    }
  }

  // What the first parts hold, each as much as its bin.
  private double upTo(long parts, double[] below) {
    long held = Math.max(0, Math.min((long) BINS * PARTS, parts));
    int bin = (int) (held / PARTS);
    double whole = PARTS * below[bin];
    if (bin == BINS) {
      return whole;
    }
    return whole + (held % PARTS) * (double) counts[bin];
  }

  private static float[] counted(float[] values, float low, float high) {
    float from = low;
    float to = high;
    if (from == to) {
      from--;
      to++;
    }
    float[] counts = new float[BINS];
    for (float value : values) {
      if (value >= from && value <= to) {
        int bin = (int) ((value - from) * BINS / (to - from));
        counts[Math.min(bin, BINS - 1)]++;
      }
    }
    return counts;
  }
}

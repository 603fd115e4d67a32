package org.distillgrid.kd.quant.observer;

/**
 * Draws both ends of a histogram inwards, each time the one behind which fewer bins lie for the
 * next hundred-thousandth of all values, until the squared error of quantisation grows. Values
 * count as spread evenly within a bin, and those outside as put onto the nearest level. The error
 * is that of 256 levels, whatever the bits. Source: {@code
 * HistogramObserver._non_linear_param_search} of PyTorch (known), which has it from caffe2; 32-bit
 * floats where PyTorch has them.
 */
final class HistogramSearch {
  /**
   * The range that was found.
   *
   * @param least its lower end
   * @param greatest its upper end
   */
  record Found(float least, float greatest) {}

  private static final double STRIDE = 1e-5;
  private static final int LEVELS = 256;
  private static final int BINS = Histogram.BINS;

  private final Histogram histogram;
  private final float[] below = new float[BINS];
  private final float total;
  private int first;
  private int last = BINS - 1;

  HistogramSearch(Histogram histogram) {
    this.histogram = histogram;
    double sum = 0;
    for (int i = 0; i < BINS; i++) {
      sum += histogram.counts()[i];
      below[i] = (float) sum;
    }
    this.total = (float) sum;
  }

  Found found() {
    float width = (histogram.greatest() - histogram.least()) / BINS;
    search();
    return new Found(histogram.least() + width * first, histogram.least() + width * (last + 1));
  }

  private void search() {
    double error = Double.POSITIVE_INFINITY;
    double low = 0;
    double high = 1;
    while (low < high) {
      int left = first;
      while (left < last && below[left] < (float) ((low + STRIDE) * total)) {
        left++;
      }
      int right = last;
      while (right > first && below[right] > (float) ((high - STRIDE) * total)) {
        right--;
      }
      int nextFirst = first;
      int nextLast = last;
      if (left - first > last - right) {
        nextFirst = left;
        low += STRIDE;
      } else {
        nextLast = right;
        high -= STRIDE;
      }
      if (nextFirst != first || nextLast != last) {
        double next = error(nextFirst, nextLast);
        if (next > error) {
          return;
        }
        error = next;
        first = nextFirst;
        last = nextLast;
      }
    }
  }

  private double error(int begin, int end) {
    double width = ((double) histogram.greatest() - histogram.least()) / BINS;
    double step = width * (end - begin + 1) / LEVELS;
    if (step == 0) {
      return 0;
    }
    float half = (float) (step / 2);
    double sum = 0;
    for (int bin = 0; bin < BINS; bin++) {
      float from = (bin - begin) * (float) width;
      float to = from + (float) width;
      float fromLevel = level(from, (float) step);
      float toLevel = level(to, (float) step);
      float density = histogram.counts()[bin] / (float) width;
      float error = density * cubes(from - (fromLevel + 0.5f) * (float) step, half);
      error += (toLevel - fromLevel - 1) * (density * cubes(-half, half));
      error += density * cubes(-half, to - (toLevel * (float) step + half));
      sum += error;
    }
    return sum;
  }

  private static float level(float place, float step) {
    float level = (float) Math.floor((double) place / step);
    return Math.max(0, Math.min(LEVELS - 1, level));
  }

  // The integral of x² between two places.
  private static float cubes(float from, float to) {
    return (to * to * to - from * from * from) / 3;
  }
}

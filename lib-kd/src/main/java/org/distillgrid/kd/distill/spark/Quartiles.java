package org.distillgrid.kd.distill.spark;

import java.util.Arrays;
import java.util.Comparator;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;

/**
 * The mean weight of the cells in which a signal is lowest (quarter 1) to highest (quarter 4) in
 * their image.
 */
final class Quartiles {
  private static final int QUARTERS = 4;

  private Quartiles() {}

  /**
   * Returns the means by series, {@code laplacian_q1} to {@code gap_q4}; none where an image has
   * fewer than four cells. Of cells that are equal the one that comes first counts as lower.
   *
   * @param signals N×4×G×G
   * @param weights N×1×G×G
   * @param cells G·G
   */
  static Map<String, Double> of(float[] signals, float[] weights, int cells) {
    Map<String, Double> means = new TreeMap<>();
    if (cells < QUARTERS) {
      return means;
    }
    for (Signal signal : Signal.values()) {
      double[] mean = means(signals, weights, cells, signal.channel());
      for (int quarter = 0; quarter < QUARTERS; quarter++) {
        means.put(signal.word() + "_q" + (quarter + 1), mean[quarter]);
      }
    }
    return means;
  }

  private static double[] means(float[] signals, float[] weights, int cells, int signal) {
    double[] sums = new double[QUARTERS];
    int[] counts = new int[QUARTERS];
    int images = weights.length / cells;
    for (int image = 0; image < images; image++) {
      int first = (image * Signal.values().length + signal) * cells;
      int[] ranked = ranked(signals, first, cells);
      for (int rank = 0; rank < cells; rank++) {
        int quarter = rank * QUARTERS / cells;
        sums[quarter] += weights[image * cells + ranked[rank]];
        counts[quarter]++;
      }
    }
    return IntStream.range(0, QUARTERS).mapToDouble(q -> sums[q] / counts[q]).toArray();
  }

  private static int[] ranked(float[] signals, int first, int cells) {
    Integer[] order = IntStream.range(0, cells).boxed().toArray(Integer[]::new);
    Arrays.sort(order, Comparator.comparingDouble(cell -> signals[first + cell]));
    return Arrays.stream(order).mapToInt(Integer::intValue).toArray();
  }
}

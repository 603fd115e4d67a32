package org.distillgrid.jobs.report;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.commons.math3.distribution.TDistribution;
import org.apache.commons.math3.stat.StatUtils;
import org.apache.commons.math3.stat.inference.TTest;
import org.apache.commons.math3.stat.inference.WilcoxonSignedRankTest;

/**
 * How much one method is better than another, from scores that both have: the same seed, the same
 * image. Seeds and images answer different questions: whether another training would come out
 * alike, and whether other images would.
 *
 * @param seeds how many seeds both have
 * @param images how many images both have
 * @param mean of the differences, in the score's unit
 * @param deviation standard deviation of the seeds' differences; NaN for one seed
 * @param imagesDeviation standard deviation of the images' differences; NaN for one image
 * @param seedsP two-sided paired t-test over the seeds' mean scores; NaN for one seed
 * @param imagesP two-sided Wilcoxon signed-rank test over the images' mean scores, exact up to 20
 *     images; NaN for one image
 */
public record PairedDifference(
    int seeds,
    int images,
    double mean,
    double deviation,
    double imagesDeviation,
    double seedsP,
    double imagesP) {
  // The exact test goes through all 2^n signs.
  private static final int MOST_EXACT = 20;

  private static final double UPPER_END = 0.975;

  /** One score of a method. */
  record Score(long seed, String image, double value) {}

  /**
   * Compares two methods on what both have been scored on. Pairs of which one is infinite (an image
   * restored without error) are left out.
   *
   * @return nothing that can be said (no images) when they have no finite pair
   */
  static PairedDifference of(List<Score> method, List<Score> baseline) {
    Map<List<Object>, Double> others = new TreeMap<>(PairedDifference::order);
    baseline.forEach(score -> others.put(List.of(score.seed, score.image), score.value));
    SortedMap<Long, double[]> bySeed = new TreeMap<>();
    SortedMap<String, double[]> byImage = new TreeMap<>();
    for (Score score : method) {
      Double other = others.get(List.of(score.seed, score.image));
      if (other != null && Double.isFinite(score.value - other)) {
        add(bySeed.computeIfAbsent(score.seed, absent -> new double[2]), score.value - other);
        add(byImage.computeIfAbsent(score.image, absent -> new double[2]), score.value - other);
      }
    }
    double[] seeds = means(bySeed);
    double[] images = means(byImage);
    return new PairedDifference(
        seeds.length,
        images.length,
        StatUtils.mean(images),
        deviation(seeds),
        deviation(images),
        seedsP(seeds),
        imagesP(images));
  }

  /**
   * Returns half the width of the 95 % confidence interval of the mean over seeds, by Student's t;
   * NaN for one seed.
   */
  public double seedsInterval() {
    return halfWidth(deviation, seeds);
  }

  /** Returns half the width of the 95 % confidence interval of the mean over images, likewise. */
  public double imagesInterval() {
    return halfWidth(imagesDeviation, images);
  }

  private static double halfWidth(double deviation, int count) {
    if (count < 2) {
      return Double.NaN;
    }
    double quantile = new TDistribution(count - 1.0).inverseCumulativeProbability(UPPER_END);
    return quantile * deviation / Math.sqrt(count);
  }

  private static int order(List<Object> left, List<Object> right) {
    int bySeed = Long.compare((Long) left.get(0), (Long) right.get(0));
    if (bySeed != 0) {
      return bySeed;
    }
    return ((String) left.get(1)).compareTo((String) right.get(1));
  }

  private static void add(double[] sumAndCount, double difference) {
    sumAndCount[0] += difference;
    sumAndCount[1]++;
  }

  private static double[] means(SortedMap<?, double[]> sums) {
    return sums.values().stream().mapToDouble(each -> each[0] / each[1]).toArray();
  }

  private static double deviation(double[] differences) {
    if (differences.length < 2) {
      return Double.NaN;
    }
    return Math.sqrt(StatUtils.variance(differences));
  }

  private static double seedsP(double[] differences) {
    if (differences.length < 2) {
      return Double.NaN;
    }
    if (Arrays.stream(differences).allMatch(each -> each == 0)) {
      return 1;
    }
    return new TTest().tTest(0, differences);
  }

  private static double imagesP(double[] differences) {
    double[] changed = Arrays.stream(differences).filter(each -> each != 0).toArray();
    if (differences.length < 2) {
      return Double.NaN;
    }
    if (changed.length == 0) {
      return 1;
    }
    return new WilcoxonSignedRankTest()
        .wilcoxonSignedRankTest(changed, new double[changed.length], changed.length <= MOST_EXACT);
  }
}

package org.distillgrid.kd.distill.spark.map;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.GradientCollector;
import java.util.Arrays;
import java.util.function.Function;
import org.distillgrid.kd.random.Draws;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Compares each map with densities in plain numbers, normalised by summing them up. */
class TestMapDistributions {
  private static final float[] MEANS = {-1.3f, 0, 0.4f, 2.1f};
  private static final float LOG_SIGMA = (float) Math.log(0.6);
  private static final int PIECES = 20_000;
  private static final double STEP = 1e-4;
  private static final WeightRange RANGE = new WeightRange(0.25, 1.5);

  /** A map and its density up to a factor, over the places where it is worth summing up. */
  enum Case {
    GAUSSIAN(new ClampedNormal(0), -12, 12, new float[] {-2, 0.3f, 0.4f, 1}),
    NORMAL(new SquashedNormal(RANGE), -12, 12, new float[] {-2, 0.3f, 0.4f, 1}),
    LOGNORMAL(new LogNormal(), -12, 12, new float[] {-2, 0.3f, 0.4f, 1}),
    BETA(new SquashedBeta(RANGE), 0, 1, new float[] {0.1f, 0.5f, 0.7f, 0.95f}),
    BERNOULLI(new TwoLevels(RANGE), 0, 1, new float[] {0, 1, 1, 0});

    final MapDistribution map;
    final double from;
    final double to;
    final float[] action;

    Case(MapDistribution map, double from, double to, float[] action) {
      this.map = map;
      this.from = from;
      this.to = to;
      this.action = action;
    }

    double density(double action, double mean, double logSigma) {
      double sigma = Math.exp(logSigma);
      double half = 1 / (1 + Math.exp(-mean));
      return switch (this) {
        case GAUSSIAN -> Math.exp(-Math.pow((action - half) / sigma, 2) / 2);
        case NORMAL, LOGNORMAL -> Math.exp(-Math.pow((action - mean) / sigma, 2) / 2);
        case BETA -> {
          double concentration = 4 / (sigma * sigma) - 3;
          yield Math.pow(action, half * concentration)
              * Math.pow(1 - action, (1 - half) * concentration);
        }
        case BERNOULLI -> action * half + (1 - action) * (1 - half);
      };
    }

    double sum(Function<Double, Double> values) {
      if (this == BERNOULLI) {
        return values.apply(0.0) + values.apply(1.0);
      }
      double width = (to - from) / PIECES;
      double sum = 0;
      for (int i = 0; i < PIECES; i++) {
        sum += values.apply(from + (i + 0.5) * width) * width;
      }
      return sum;
    }

    double logProbability(double at, double mean, double logSigma) {
      double whole = sum(x -> density(x, mean, logSigma));
      return Math.log(density(at, mean, logSigma) / whole);
    }

    double entropy(double mean, double logSigma) {
      double whole = sum(x -> density(x, mean, logSigma));
      return sum(x -> surprise(density(x, mean, logSigma) / whole));
    }

    double moment(double mean, double logSigma, int power) {
      double whole = sum(x -> density(x, mean, logSigma));
      return sum(x -> Math.pow(x, power) * density(x, mean, logSigma) / whole);
    }

    private static double surprise(double probability) {
      if (probability == 0) {
        return 0;
      }
      return -probability * Math.log(probability);
    }
  }

  @ParameterizedTest
  @EnumSource
  void logProbabilitiesAndTheirGradients(Case each) {
    try (NDManager manager = NDManager.newBaseManager()) {
      NDArray action = manager.create(each.action, new Shape(1, 1, 2, 2));
      Taped taped =
          Taped.of(manager, each, parameters -> each.map.logProbability(action, parameters));
      double slopeOfSigma = 0;
      for (int i = 0; i < MEANS.length; i++) {
        double at = each.action[i];
        double mean = MEANS[i];
        assertThat((double) taped.values[i])
            .isCloseTo(each.logProbability(at, mean, LOG_SIGMA), within(1e-4));
        assertThat((double) taped.ofMean[i])
            .isCloseTo(slope(x -> each.logProbability(at, x, LOG_SIGMA), mean), within(1e-3));
        slopeOfSigma += slope(x -> each.logProbability(at, mean, x), LOG_SIGMA);
      }
      assertThat((double) taped.ofSigma).isCloseTo(slopeOfSigma, within(2e-3));
    }
  }

  @ParameterizedTest
  @EnumSource
  void entropiesAndTheirGradients(Case each) {
    try (NDManager manager = NDManager.newBaseManager()) {
      Taped taped = Taped.of(manager, each, parameters -> cells(each, parameters));
      double slopeOfSigma = 0;
      for (int i = 0; i < MEANS.length; i++) {
        double mean = MEANS[i];
        assertThat((double) taped.values[i]).isCloseTo(each.entropy(mean, LOG_SIGMA), within(1e-4));
        assertThat((double) taped.ofMean[i])
            .isCloseTo(slope(x -> each.entropy(x, LOG_SIGMA), mean), within(1e-3));
        slopeOfSigma += slope(x -> each.entropy(mean, x), LOG_SIGMA);
      }
      assertThat((double) taped.ofSigma).isCloseTo(slopeOfSigma, within(2e-3));
    }
  }

  @ParameterizedTest
  @EnumSource
  void drawsHaveTheMomentsOfTheDensity(Case each) {
    int count = 20_000;
    try (NDManager manager = NDManager.newBaseManager()) {
      for (float mean : MEANS) {
        MapParameters parameters =
            new MapParameters(
                manager.full(new Shape(count, 1, 1, 1), mean),
                manager.create(new float[] {LOG_SIGMA}));
        NDArray drawn = each.map.draw(parameters, Draws.of("moments").at(0, each.name()));
        double first = each.moment(mean, LOG_SIGMA, 1);
        double second = each.moment(mean, LOG_SIGMA, 2);
        double allowed = 5 * Math.sqrt(Math.max(second - first * first, 1e-4) / count);
        assertThat((double) drawn.mean().getFloat()).isCloseTo(first, within(allowed));
        assertThat((double) drawn.square().mean().getFloat())
            .isCloseTo(second, within(0.03 * (1 + second)));
        float least = each.map.weights(drawn).min().getFloat();
        // That of the paper is clamped to 0.
        assertThat(least >= 0 && (least > 0 || each == Case.GAUSSIAN)).isTrue();
      }
    }
  }

  // Some maps have one entropy for all cells.
  private static NDArray cells(Case each, MapParameters parameters) {
    return each.map.entropy(parameters).broadcast(parameters.mean().getShape());
  }

  private static double slope(Function<Double, Double> function, double at) {
    return (function.apply(at + STEP) - function.apply(at - STEP)) / (2 * STEP);
  }

  /** Values of a tensor and the gradients of their sum. */
  private record Taped(float[] values, float[] ofMean, float ofSigma) {
    static Taped of(NDManager manager, Case each, Function<MapParameters, NDArray> function) {
      NDArray mean = manager.create(MEANS, new Shape(1, 1, 2, 2));
      NDArray logSigma = manager.create(new float[] {LOG_SIGMA});
      mean.setRequiresGradient(true);
      logSigma.setRequiresGradient(true);
      float[] values;
      try (GradientCollector collector = Engine.getEngine("PyTorch").newGradientCollector()) {
        NDArray cells = function.apply(new MapParameters(mean, logSigma));
        values = cells.toFloatArray();
        // What does not depend on a parameter has no gradient at all, so each takes a part.
        collector.backward(cells.sum().add(mean.sum()).add(logSigma.sum()));
      }
      float[] ofMean = mean.getGradient().toFloatArray();
      for (int i = 0; i < ofMean.length; i++) {
        ofMean[i] -= 1;
      }
      assertThat(Arrays.equals(values, new float[4])).as(each.name()).isFalse();
      return new Taped(values, ofMean, logSigma.getGradient().toFloatArray()[0] - 1);
    }
  }
}

package org.distillgrid.kd.quant.rule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.GradientCollector;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.distillgrid.kd.nn.InputRange;
import org.distillgrid.kd.nn.Parameter;
import org.distillgrid.kd.quant.Operand;
import org.distillgrid.kd.quant.OperandQuantizer;
import org.distillgrid.kd.quant.QuantizerFamily;
import org.distillgrid.kd.quant.QuantizerParameters;
import org.distillgrid.kd.registry.OptionValues;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * Gradients of quantisers against finite differences of their surrogates. The surrogate of the
 * straight-through estimator is the same formula, in double precision and written here apart, in
 * which each rounding is an addition of what it added at the point itself.
 */
class TestQuantizerGradients {
  private static final int BITS = 3;
  private static final double STEP = 1e-6;
  private static final double TOLERANCE = 1e-4;

  // Inside, between two levels and near their middle, and outside on both sides.
  private static final float[] VALUES = {-2.1f, -1.3f, -0.62f, -0.21f, 0.04f, 0.33f, 0.91f, 2.4f};

  /** A formula of one value and of what the quantiser learns, roundings replaced. */
  @FunctionalInterface
  private interface Surrogate {
    double of(double x, double[] learned, Rounding rounding);
  }

  /** Rounds at first; afterwards adds what the first rounding added. */
  private static final class Rounding {
    private Double added;

    double of(double u) {
      if (added == null) {
        added = Math.rint(u) - u;
      }
      return u + added;
    }
  }

  private record Case(
      String name,
      InputRange range,
      QuantizerFamily family,
      Map<String, Double> learned,
      double factor,
      Surrogate surrogate) {}

  private static final double COUNT = VALUES.length;

  private static final List<Case> ACTIVATIONS =
      List.of(
          new Case(
              "lsq signed",
              InputRange.SIGNED,
              new Lsq(),
              Map.of("x_scale", 0.31),
              1 / Math.sqrt(COUNT * 3),
              (x, s, rounding) -> rounding.of(clip(x / s[0], -4, 3)) * s[0]),
          new Case(
              "lsq unsigned",
              InputRange.NON_NEGATIVE,
              new Lsq(),
              Map.of("x_scale", 0.17),
              1 / Math.sqrt(COUNT * 7),
              (x, s, rounding) -> rounding.of(clip(x / s[0], 0, 7)) * s[0]),
          new Case(
              "pams signed",
              InputRange.SIGNED,
              new Pams(),
              Map.of("x_clip", 1.1),
              1,
              (x, a, rounding) -> rounding.of(clip(x, -a[0], a[0]) / (a[0] / 3)) * (a[0] / 3)),
          new Case(
              "pams unsigned",
              InputRange.NON_NEGATIVE,
              new Pams(),
              Map.of("x_clip", 1.1),
              1,
              (x, a, rounding) -> rounding.of(Math.min(x, a[0]) / (a[0] / 7)) * (a[0] / 7)),
          new Case(
              "ddtb",
              InputRange.SIGNED,
              new Ddtb(),
              Map.of("x_low", -0.9, "x_high", 1.3),
              1,
              // The grid is a constant of the estimator: only the clip carries gradient.
              (x, b, rounding) -> rounding.of(clip(x, b[1], b[0]))),
          new Case(
              "2dquant",
              InputRange.SIGNED,
              new TwoDQuant(),
              Map.of("x_low", -0.9, "x_high", 1.3),
              1,
              (x, b, rounding) -> {
                double s = (b[0] - b[1]) / 7;
                return rounding.of(clip(x, b[1], b[0]) / s) * s;
              }));

  @TestFactory
  Stream<DynamicTest> gradientsAreThoseOfTheSurrogate() {
    return ACTIVATIONS.stream().map(one -> DynamicTest.dynamicTest(one.name, () -> check(one)));
  }

  private static void check(Case one) {
    try (NDManager manager = NDManager.newBaseManager()) {
      QuantizerParameters parameters = QuantizerParameters.empty();
      Operand operand = new Operand("x", new Shape(1), one.range, BITS, Operand.Symmetry.AFFINE);
      OperandQuantizer quantizer =
          one.family.activation(operand, OptionValues.standard(one.family.options()), parameters);
      parameters.learned().open(manager);
      List<Parameter> learned =
          parameters.learned().all().stream()
              .sorted((a, b) -> a.name().compareTo(b.name()))
              .toList();
      assertThat(learned)
          .extracting(Parameter::name)
          .containsExactlyInAnyOrderElementsOf(one.learned.keySet());
      double[] theta = new double[learned.size()];
      for (int k = 0; k < theta.length; k++) {
        theta[k] = one.learned.get(learned.get(k).name());
        learned.get(k).assign(manager.create((float) theta[k]));
      }
      parameters.learned().trainable();
      float[] values = values(one.range);
      NDArray x = manager.create(values);
      x.setRequiresGradient(true);
      try (GradientCollector collector = Engine.getEngine("PyTorch").newGradientCollector()) {
        collector.backward(quantizer.quantize(x).sum());
      }
      float[] slopes = x.getGradient().toFloatArray();
      double[] expected = new double[theta.length];
      for (int i = 0; i < values.length; i++) {
        double at = values[i];
        double slope = difference(one, at, theta, -1);
        assertThat((double) slopes[i]).as("d/dx at %s", at).isCloseTo(slope, within(TOLERANCE));
        for (int k = 0; k < theta.length; k++) {
          expected[k] += one.factor * difference(one, at, theta, k);
        }
      }
      for (int k = 0; k < theta.length; k++) {
        assertThat((double) learned.get(k).array().getGradient().getFloat())
            .as("d/d%s", learned.get(k).name())
            .isCloseTo(expected[k], within(10 * TOLERANCE));
      }
    }
  }

  private static float[] values(InputRange range) {
    float[] values = VALUES.clone();
    if (range == InputRange.NON_NEGATIVE) {
      for (int i = 0; i < values.length; i++) {
        values[i] = Math.abs(values[i]);
      }
    }
    return values;
  }

  // The derivative by x (argument −1) or by a learned number, rounding frozen at the point.
  private static double difference(Case one, double x, double[] theta, int argument) {
    Rounding rounding = new Rounding();
    one.surrogate.of(x, theta, rounding);
    return (moved(one, x, theta, argument, STEP, rounding)
            - moved(one, x, theta, argument, -STEP, rounding))
        / (2 * STEP);
  }

  private static double moved(
      Case one, double x, double[] theta, int argument, double by, Rounding rounding) {
    if (argument < 0) {
      return one.surrogate.of(x + by, theta, rounding);
    }
    double[] copy = Arrays.copyOf(theta, theta.length);
    copy[argument] += by;
    return one.surrogate.of(x, copy, rounding);
  }

  private static double clip(double x, double low, double high) {
    return Math.max(low, Math.min(high, x));
  }
}

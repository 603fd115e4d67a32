package org.distillgrid.kd.quant.rule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.GradientCollector;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import java.util.function.DoubleUnaryOperator;
import org.apache.commons.rng.UniformRandomProvider;
import org.distillgrid.kd.nn.InputRange;
import org.distillgrid.kd.quant.Bounds;
import org.distillgrid.kd.quant.Operand;
import org.distillgrid.kd.quant.OperandQuantizer;
import org.distillgrid.kd.quant.QuantizerFlag;
import org.distillgrid.kd.quant.QuantizerParameters;
import org.distillgrid.kd.quant.QuantizerSetting;
import org.distillgrid.kd.quant.UniformGrid;
import org.distillgrid.kd.random.Draws;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Values of quantisers against their formulas, written here apart. */
class TestQuantizerValues {
  private static final int CHANNELS = 4;
  private static final int PER_CHANNEL = 90;

  @ParameterizedTest
  @CsvSource({
    "minmax, 2",
    "minmax, 4",
    "minmax-symmetric, 3",
    "minmax-pertensor, 4",
    "percentile, 4",
    "percentile-symmetric, 2",
    "dobi, 2",
    "dobi-pertensor-symmetric, 4",
    "2dquant, 3",
    "dorefa, 2",
    "dorefa, 4",
    "pams, 2",
    "pams-pertensor, 4",
    "lsq, 2",
    "lsq, 4",
    "ddtb, 2",
    "ddtb, 4",
    "torchptq, 4",
    "torchptq-pertensor, 5",
    "torchqat, 3",
    "torchqat-pertensor, 4"
  })
  void weightsTakeAtMostTwoToTheBitsValuesAndLieOnTheirGrid(String quantizer, int bits) {
    QuantizerSetting setting = QuantizerSetting.parse(quantizer);
    try (NDManager manager = NDManager.newBaseManager()) {
      NDArray w = manager.create(draws(), new Shape(CHANNELS, PER_CHANNEL / 9, 3, 3));
      QuantizerParameters parameters = QuantizerParameters.empty();
      Operand operand = weight(setting, bits);
      OperandQuantizer weight = setting.family().weight(operand, setting.values(), parameters);
      parameters.learned().open(manager);
      parameters.fixed().open(manager);
      weight.observe(w);
      weight.fix();
      float[] y = weight.quantize(w).toFloatArray();
      UniformGrid grid = weight.grid(w);
      assertThat(grid.highest() - grid.lowest()).isLessThan(1 << bits);
      for (int channel = 0; channel < CHANNELS; channel++) {
        float[] row = Arrays.copyOfRange(y, channel * PER_CHANNEL, (channel + 1) * PER_CHANNEL);
        Set<Float> distinct = new HashSet<>();
        for (float value : row) {
          distinct.add(value);
          int own = Math.min(channel, grid.scale().length - 1);
          float onGrid = grid.value(grid.level(value, own), own);
          assertThat(value).isCloseTo(onGrid, within(1e-6f));
        }
        assertThat(distinct).hasSizeBetween(2, 1 << bits);
      }
    }
  }

  @Test
  void doReFaIsThePublishedFormulaTimesTheGreatestTanh() {
    Operand operand = new Operand("w", new Shape(1), InputRange.SIGNED, 3, Operand.Symmetry.AFFINE);
    try (NDManager manager = NDManager.newBaseManager()) {
      float[] values = draws();
      NDArray w = manager.create(values);
      w.setRequiresGradient(true);
      float[] y;
      try (GradientCollector collector = Engine.getEngine("PyTorch").newGradientCollector()) {
        NDArray quantized = new DorefaWeight(operand).quantize(w);
        y = quantized.toFloatArray();
        collector.backward(quantized.sum());
      }
      double greatest = 0;
      for (float value : values) {
        greatest = Math.max(greatest, Math.abs(Math.tanh(value)));
      }
      float[] slope = w.getGradient().toFloatArray();
      for (int i = 0; i < values.length; i++) {
        double v = Math.tanh(values[i]) / greatest;
        double published = 2 * (Math.rint((v / 2 + 0.5) * 7) / 7) - 1;
        assertThat((double) y[i]).isCloseTo(published * greatest, within(1e-6));
        double tanh = Math.tanh(values[i]);
        assertThat((double) slope[i]).isCloseTo(1 - tanh * tanh, within(1e-6));
      }
    }
  }

  @Test
  void doReFaClipsActivationsToTheMeanOfTheGreatestValues() {
    float[] quantized =
        activation("dorefa", InputRange.NON_NEGATIVE, new float[] {0, 0.2f, 0.61f, 1.4f, 9});
    // Both batches of the calibration have their greatest value at 1 and 2: the range is 1.5.
    double[] expected = new double[5];
    double[] x = {0, 0.2, 0.61, 1.4, 9};
    for (int i = 0; i < x.length; i++) {
      expected[i] = Math.rint(Math.min(1, x[i] / 1.5) * 7) / 7 * 1.5;
    }
    assertThat(quantized).hasSize(5);
    for (int i = 0; i < x.length; i++) {
      assertThat((double) quantized[i]).isCloseTo(expected[i], within(1e-6));
    }
  }

  @Test
  void pamsStartsAtTheMovingAverageOfTheGreatestValues() {
    float[] quantized = activation("pams", InputRange.SIGNED, new float[] {-9, 9});
    double alpha = 0.9997 * 1 + 0.0003 * 2;
    assertThat((double) quantized[0]).isCloseTo(-alpha, within(1e-6));
    assertThat((double) quantized[1]).isCloseTo(alpha, within(1e-6));
  }

  @Test
  void percentilesLeaveOutliersOut() {
    try (NDManager manager = NDManager.newBaseManager()) {
      float[] ramp = new float[101];
      for (int i = 0; i < ramp.length; i++) {
        ramp[i] = i - 50;
      }
      Operand operand =
          new Operand("x", new Shape(1), InputRange.SIGNED, 8, Operand.Symmetry.AFFINE);
      PercentileBounds rule = new PercentileBounds(operand, 0.01);
      rule.observe(manager.create(ramp, new Shape(1, 101)));
      rule.observe(manager.create(ramp, new Shape(1, 101)).mul(3));
      Bounds bounds = rule.bounds(manager);
      // Percentile 1 of −50…50 is −49; the mean with three times that is −98.
      assertThat(bounds.low().toFloatArray()).containsExactly(-98);
      assertThat(bounds.high().toFloatArray()).containsExactly(98);
      rule = new PercentileBounds(operand, 0.005);
      rule.observe(manager.create(ramp, new Shape(1, 101)));
      assertThat(rule.bounds(manager).low().toFloatArray()).containsExactly(-49.5f);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {2, 3, 4})
  void noSearchedBoundIsWorseThanAnyOtherOfTheHundred(int bits) {
    Operand operand =
        new Operand("x", new Shape(1), InputRange.SIGNED, bits, Operand.Symmetry.AFFINE);
    try (NDManager manager = NDManager.newBaseManager()) {
      float[] values = draws();
      values[7] = 3;
      SearchedBounds rule = new SearchedBounds(operand, 100);
      rule.observe(manager.create(values, new Shape(1, values.length)));
      Bounds found = rule.bounds(manager);
      double low = found.low().getFloat();
      double high = found.high().getFloat();
      double least = Double.MAX_VALUE;
      double smallest = 0;
      for (float value : values) {
        smallest = Math.min(smallest, value);
      }
      for (int step = 0; step < 100; step++) {
        double part = 1 - step / 100.0;
        least = Math.min(least, error(values, smallest * part, 3 * part, bits));
      }
      assertThat(error(values, low, high, bits)).isCloseTo(least, within(1e-3 * least));
      assertThat(error(values, low, high, bits)).isLessThan(error(values, smallest, 3, bits));
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "lsq-per | Unknown choice of a quantizer: per in lsq-per (valid: all, attention, head,"
            + " pertensor, symmetric, tail, upsampler)",
        "minmax-tial | Unknown choice of a quantizer: tial in minmax-tial (did you mean tail?)",
        "lsq-symmetric | Cannot use quantizer lsq-symmetric: the ranges of lsq are not for choice",
        "lsq-tail-tail | Cannot use quantizer lsq-tail-tail: tail is given twice",
        "lsq-tail-all | Cannot use quantizer lsq-tail-all: all has tail in it",
        "torchqat-symmetric | Cannot use quantizer torchqat-symmetric: the ranges of torchqat are"
            + " not for choice",
        "fp-tail | Cannot use quantizer fp-tail: fp takes no choices"
      })
  void namesThatMakeNoSenseAreRefused(String name, String message) {
    assertThatThrownBy(() -> QuantizerSetting.parse(name)).hasMessage(message);
  }

  @Test
  void namesHaveOneSpelling() {
    assertThat(QuantizerSetting.parse("minmax-tail-pertensor-head").canonical())
        .isEqualTo("minmax-pertensor-head-tail");
  }

  private static double error(float[] values, double low, double high, int bits) {
    double s = Math.max((high - low) / ((1 << bits) - 1), 1e-8);
    double z = Math.rint(-low / s);
    DoubleUnaryOperator quantized =
        x -> (Math.max(0, Math.min((1 << bits) - 1, Math.rint(x / s) + z)) - z) * s;
    double sum = 0;
    for (float value : values) {
      double difference = quantized.applyAsDouble(value) - value;
      sum += difference * difference;
    }
    return sum;
  }

  // Calibrated on two batches, the greatest values of which are 1 and 2.
  private static float[] activation(String name, InputRange range, float[] values) {
    QuantizerSetting setting = QuantizerSetting.parse(name);
    try (NDManager manager = NDManager.newBaseManager()) {
      QuantizerParameters parameters = QuantizerParameters.empty();
      Operand operand = new Operand("x", new Shape(1), range, 3, Operand.Symmetry.AFFINE);
      OperandQuantizer quantizer =
          setting.family().activation(operand, setting.values(), parameters);
      parameters.learned().open(manager);
      parameters.fixed().open(manager);
      quantizer.observe(manager.create(new float[] {0.3f, 1}));
      quantizer.observe(manager.create(new float[] {0.1f, 2}));
      quantizer.fix();
      return quantizer.quantize(manager.create(values)).toFloatArray();
    }
  }

  private static Operand weight(QuantizerSetting setting, int bits) {
    Shape scales = new Shape(CHANNELS, 1, 1, 1);
    if (setting.flags().contains(QuantizerFlag.PER_TENSOR)) {
      scales = new Shape(1);
    }
    Operand.Symmetry symmetry = Operand.Symmetry.AFFINE;
    if (setting.flags().contains(QuantizerFlag.SYMMETRIC)) {
      symmetry = Operand.Symmetry.SYMMETRIC;
    }
    return new Operand("w", scales, InputRange.SIGNED, bits, symmetry);
  }

  private static float[] draws() {
    UniformRandomProvider generator = Draws.of("weights").at(0, "values");
    float[] values = new float[CHANNELS * PER_CHANNEL];
    for (int i = 0; i < values.length; i++) {
      double sum = 0;
      for (int k = 0; k < 6; k++) {
        sum += generator.nextDouble() - 0.5;
      }
      values[i] = (float) (sum * (1 + i / PER_CHANNEL) / 4);
    }
    return values;
  }
}

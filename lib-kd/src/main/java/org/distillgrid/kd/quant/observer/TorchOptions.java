package org.distillgrid.kd.quant.observer;

import org.distillgrid.kd.quant.Operand;
import org.distillgrid.kd.quant.Range;
import org.distillgrid.kd.registry.OptionValues;
import org.distillgrid.kd.registry.ValueOption;

/**
 * What PyTorch's configurations differ in: its backends {@code fbgemm} and {@code x86} leave out
 * one bit of activations, {@code qnnpack}'s symmetric ones the lowest number of weights.
 */
final class TorchOptions {
  private static final String REDUCE_RANGE = "reduceRange";
  private static final String WEIGHTS = "weights";
  private static final String AVERAGE = "average";
  private static final String YES = "true";

  private static final float EPSILON = Math.ulp(1f);
  // Keeps the factor between two layers' steps large enough for XNNPACK.
  private static final float COARSE_EPSILON = 1 / 4096f;

  /** Which whole numbers weights are. */
  enum WeightRange {
    /** −2^(b−1) to 2^(b−1) − 1. */
    FULL,
    /** Without the lowest one. */
    RESTRICTED
  }

  private TorchOptions() {}

  static ValueOption reduceRange() {
    return ValueOption.choice(
        REDUCE_RANGE,
        "half the numbers for activations, as PyTorch has for fbgemm and x86 (known); which of"
            + " PyTorch's backends a paper means is not stated",
        "false",
        YES);
  }

  static ValueOption weights() {
    return ValueOption.choice(
        WEIGHTS,
        "numbers of weights: full, −128 to 127 at 8 bits, as PyTorch's default; restricted, −127"
            + " to 127, as qnnpack's symmetric configurations (known)",
        WeightRange.class);
  }

  static ValueOption average() {
    return ValueOption.number(
        AVERAGE, "weight of a new batch in the moving least and greatest value; known", 0.01, 0, 1);
  }

  /** Returns the weight of a new batch in moving bounds. */
  static double average(OptionValues values) {
    return values.number(AVERAGE);
  }

  /** Returns the fake quantisation of an activation: affine, from 0 upwards. */
  static FakeQuantizer activation(Operand operand, OptionValues values) {
    Range range = Range.unsigned(operand.bits());
    if (values.word(REDUCE_RANGE).equals(YES)) {
      range = new Range(range.lowest(), range.highest() / 2);
    }
    return new FakeQuantizer(range, FakeQuantizer.Layout.AFFINE, EPSILON);
  }

  /** Returns the fake quantisation of a weight: symmetric. */
  static FakeQuantizer weight(Operand operand, OptionValues values) {
    Range full = Range.signed(operand.bits());
    return switch (values.choice(WEIGHTS, WeightRange.class)) {
      case FULL -> new FakeQuantizer(full, FakeQuantizer.Layout.SYMMETRIC, EPSILON);
      case RESTRICTED ->
          new FakeQuantizer(
              new Range(-full.highest(), full.highest()),
              FakeQuantizer.Layout.SYMMETRIC,
              COARSE_EPSILON);
    };
  }
}

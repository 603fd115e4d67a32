package org.distillgrid.kd.quant.rule;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import org.distillgrid.kd.nn.Parameter;
import org.distillgrid.kd.nn.Scaled;
import org.distillgrid.kd.registry.OptionValues;
import org.distillgrid.kd.registry.ValueOption;

/**
 * Learned steps or bounds of an operand, kept in units of the range that images have inside the
 * network. Adam moves a number by about its rate a step, whatever the number's size; in these units
 * activations of 0–255 are learned as fast, in proportion, as those of 0–1.
 *
 * @param parameter what training moves
 * @param range the unit: 1 leaves every bit what it is without
 */
record RangedParameter(Parameter parameter, double range) {
  private static final String KEY = "range";
  private static final double UNIT = 1;

  /** Returns the option {@code range} of quantisers whose steps or bounds of activations learn. */
  static ValueOption option(String what) {
    return ValueOption.number(
        KEY,
        "range of images inside the network, in units of which %s of activations learn: 1, or 255"
                .formatted(what)
            + " for RLFN, RCAN and others (ours)",
        UNIT,
        UNIT,
        65535);
  }

  /** Returns the value of that option. */
  static double of(OptionValues values) {
    return values.number(KEY);
  }

  /** Returns the numbers themselves, in a step's manager and on its tape. */
  NDArray in(NDManager step) {
    return inRange(parameter.in(step));
  }

  /** Returns the numbers themselves, off the tape. */
  NDArray array() {
    return inRange(parameter.array());
  }

  /** Returns the owner of the parameter. */
  NDManager manager() {
    return parameter.array().getManager();
  }

  /** Takes the numbers themselves. */
  void assign(NDArray numbers) {
    if (range == UNIT) {
      parameter.assign(numbers);
    } else {
      parameter.assign(Scaled.over(range, numbers));
    }
  }

  private NDArray inRange(NDArray kept) {
    if (range == UNIT) {
      return kept;
    }
    return Scaled.by(range, kept);
  }
}

package org.distillgrid.kd.quant.rule;

import org.distillgrid.kd.registry.OptionValues;
import org.distillgrid.kd.registry.ValueOption;

/**
 * The option {@code rate} of quantisers whose scales learn beside the weights. A schedule sets the
 * rate of weights and scales keep their proportion to it, so that the option is the rate of scales
 * where weights learn at 1e-4, as papers give the two.
 */
final class ScaleRate {
  private static final String KEY = "rate";
  private static final double OF_WEIGHTS = 1e-4;

  private ScaleRate() {}

  /**
   * Returns the option.
   *
   * @param what of which the rate is, with the mark: known or reconstructed
   */
  static ValueOption option(String what, double standard) {
    return ValueOption.number(
        KEY, "rate at which %s, where weights learn at 1e-4".formatted(what), standard, 0, 1);
  }

  /** Returns the rate of scales over that of weights. */
  static double factor(OptionValues values) {
    return values.number(KEY) / OF_WEIGHTS;
  }
}

package org.distillgrid.kd.quant;

import org.distillgrid.kd.nn.InputRange;

/**
 * The whole numbers that a quantised value can be.
 *
 * @param lowest −2^(b−1) signed, 0 unsigned
 * @param highest 2^(b−1) − 1 signed, 2^b − 1 unsigned
 */
public record Range(int lowest, int highest) {
  /** Returns the range of b-bit integers with a sign. */
  public static Range signed(int bits) {
    return new Range(-(1 << (bits - 1)), (1 << (bits - 1)) - 1);
  }

  /** Returns the range of b-bit integers without a sign. */
  public static Range unsigned(int bits) {
    return new Range(0, (1 << bits) - 1);
  }

  /** Returns the range that suits a layer's input. */
  public static Range of(InputRange input, int bits) {
    return switch (input) {
      case SIGNED -> signed(bits);
      case NON_NEGATIVE -> unsigned(bits);
    };
  }
}

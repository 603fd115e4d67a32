package org.distillgrid.kd.model;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;
import java.util.Optional;

/**
 * A size that a network computes from its channels and a number of its name, rounded down. Many
 * numbers give the same size and so the same network; which of them a name is given is decided
 * here.
 *
 * @param channels what the number is applied to
 * @param size what came out
 */
public record RoundedSize(int channels, int size) {
  private static final int MOST_DIGITS = 6;

  /**
   * Returns the divisor that gave the size: the standard if it does, else the greatest, which is
   * the very quotient where that is whole; 0 if no number gives the size.
   */
  public int divisor(int standard) {
    if (size < 1) {
      return 0;
    }
    if (standard > 0 && channels / standard == size) {
      return standard;
    }
    return channels / size;
  }

  /**
   * Returns the factor that gave all sizes: the standard if it does, else the one with the fewest
   * digits.
   */
  public static Optional<String> factor(List<RoundedSize> sizes, double standard) {
    if (sizes.stream().allMatch(size -> size.isProduct(standard))) {
      return Optional.of(ModelOption.written(standard));
    }
    for (int digits = 0; digits <= MOST_DIGITS; digits++) {
      int kept = digits;
      // No factor is less than the greatest quotient; with every digit this comes closer to it.
      double factor =
          sizes.stream().mapToDouble(size -> size.quotient(kept)).max().orElse(standard);
      if (sizes.stream().allMatch(size -> size.isProduct(factor))) {
        return Optional.of(ModelOption.written(factor));
      }
    }
    return Optional.empty();
  }

  private boolean isProduct(double factor) {
    return (int) (channels * factor) == size;
  }

  // Divided as decimals: the nearest binary number to a quotient may lie on its other side.
  private double quotient(int digits) {
    BigDecimal divisor = BigDecimal.valueOf(Math.max(1, channels));
    return BigDecimal.valueOf(size).divide(divisor, digits, RoundingMode.CEILING).doubleValue();
  }
}

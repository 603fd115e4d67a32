package org.distillgrid.kd.quant;

import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.distillgrid.kd.error.ErrorCode;
import org.distillgrid.kd.error.GridException;

/**
 * The bit-widths of weights and activations.
 *
 * @param weight bits of a weight, 2..8, or 32 for full precision
 * @param activation bits of an activation, 2..8, or 32 for full precision
 */
public record Bits(int weight, int activation) {
  /** The width of a value that is not quantised. */
  public static final int FULL_WIDTH = 32;

  /** Full precision. */
  public static final Bits FULL = new Bits(FULL_WIDTH, FULL_WIDTH);

  private static final Pattern SYNTAX = Pattern.compile("w(\\d{1,2})a(\\d{1,2})");

  /**
   * Parses {@code fp} or a form such as {@code w4a8}.
   *
   * @throws GridException if it is neither, or a width is not 2..8 or 32
   */
  public static Bits parse(String text) {
    if (text.equals("fp")) {
      return FULL;
    }
    Matcher matcher = SYNTAX.matcher(text);
    if (!matcher.matches()) {
      throw invalid(text);
    }
    Bits bits = new Bits(Integer.parseInt(matcher.group(1)), Integer.parseInt(matcher.group(2)));
    if (!isWidth(bits.weight) || !isWidth(bits.activation)) {
      throw invalid(text);
    }
    return bits;
  }

  /** Returns whether nothing is quantised. */
  public boolean isFull() {
    return equals(FULL);
  }

  /** Returns {@code fp} or a form such as {@code w4a8}. */
  @Override
  public String toString() {
    if (isFull()) {
      return "fp";
    }
    return "w" + weight + "a" + activation;
  }

  private static boolean isWidth(int bits) {
    return (bits >= 2 && bits <= 8) || bits == FULL_WIDTH;
  }

  private static GridException invalid(String text) {
    return GridException.of(
        ErrorCode.USAGE,
        "Unknown bit-widths: %s (%s)",
        text,
        respelled(text)
            .map(meant -> "did you mean " + meant + "?")
            .orElse("write fp, or w and a with 2 to 8 or 32 bits, as in w4a4"));
  }

  private static Optional<String> respelled(String text) {
    String meant = text.toLowerCase(Locale.ROOT).replaceAll("[-_ ]", "");
    if (meant.equals(text)) {
      return Optional.empty();
    }
    try {
      return Optional.of(parse(meant).toString());
    } catch (GridException e) {
      return Optional.empty();
    }
  }
}

package org.distillgrid.jobs.spec.yaml;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Numbers as YAML 1.2 writes them (its core schema, section 10.3.2): {@code 010} is ten, {@code
 * 0o10} is eight, {@code 1_000} and {@code 1:30} are text. Infinity and NaN are no values of a key.
 */
public final class YamlNumber {
  private static final int MOST_CHARACTERS = 64;
  private static final int OCTAL = 8;
  private static final int HEXADECIMAL = 16;
  private static final Pattern DECIMAL =
      Pattern.compile("[-+]?(\\.[0-9]+|[0-9]+(\\.[0-9]*)?)([eE][-+]?[0-9]{1,6})?");
  private static final Pattern PREFIXED = Pattern.compile("0o([0-7]+)|0x([0-9a-fA-F]+)");

  private YamlNumber() {}

  /** Returns the number that a plain scalar is, if it is one. */
  public static Optional<BigDecimal> of(String text) {
    if (text.length() > MOST_CHARACTERS) {
      return Optional.empty();
    }
    if (DECIMAL.matcher(text).matches()) {
      return Optional.of(new BigDecimal(text));
    }
    Matcher prefixed = PREFIXED.matcher(text);
    if (!prefixed.matches()) {
      return Optional.empty();
    }
    if (prefixed.group(1) != null) {
      return Optional.of(new BigDecimal(new BigInteger(prefixed.group(1), OCTAL)));
    }
    return Optional.of(new BigDecimal(new BigInteger(prefixed.group(2), HEXADECIMAL)));
  }

  /** Returns the whole number that a plain scalar is, if it is one of 64 bits: {@code 1e4} is. */
  public static Optional<Long> whole(String text) {
    return of(text).flatMap(YamlNumber::exact);
  }

  private static Optional<Long> exact(BigDecimal number) {
    try {
      return Optional.of(number.longValueExact());
    } catch (ArithmeticException e) {
      return Optional.empty();
    }
  }
}

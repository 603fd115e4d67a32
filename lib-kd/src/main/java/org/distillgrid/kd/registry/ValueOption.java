package org.distillgrid.kd.registry;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.distillgrid.kd.error.ErrorCode;
import org.distillgrid.kd.error.GridException;

/**
 * A constant that a name can set in parentheses: {@code rate} in {@code pams(rate=0.02)}.
 *
 * @param key how a name spells it
 * @param help what it sets, with the paper's mark: known or reconstructed
 * @param standard its value when the name leaves it out
 * @param first what a name that leaves it out, or is older than the option, meant in the first
 *     version: a trial's id leaves out this value, so that it changes where the meaning has changed
 * @param values what it can be
 */
public record ValueOption(String key, String help, String standard, String first, Values values) {
  /** What an option can be. */
  public sealed interface Values {
    /**
     * Returns the one spelling of a value.
     *
     * @throws GridException if there is no such value; the message says what there is
     */
    String canonical(String key, String written);

    /** Returns what it can be, in words. */
    String help();
  }

  /**
   * A number between bounds.
   *
   * @param least the least number allowed
   * @param most the greatest number allowed
   * @param whole whether it has no fraction
   */
  public record Bounded(double least, double most, boolean whole) implements Values {
    @Override
    public String canonical(String key, String written) {
      double number;
      try {
        number = Double.parseDouble(written);
      } catch (NumberFormatException e) {
        throw refusal(key, written, this);
      }
      // A comparison that is false for NaN too.
      if (!(number >= least && number <= most) || (whole && number != Math.rint(number))) {
        throw refusal(key, written, this);
      }
      return text(number);
    }

    @Override
    public String help() {
      String kind = "a number";
      if (whole) {
        kind = "a whole number";
      }
      return String.format("%s from %s to %s", kind, text(least), text(most));
    }
  }

  /**
   * One of some words.
   *
   * @param words in the order in which help shows them
   */
  public record OneOf(List<String> words) implements Values {
    public OneOf {
      words = List.copyOf(words);
    }

    @Override
    public String canonical(String key, String written) {
      if (!words.contains(written)) {
        throw refusal(key, written, this);
      }
      return written;
    }

    @Override
    public String help() {
      return "one of " + String.join(", ", words);
    }
  }

  /** Returns an option that is a number. */
  public static ValueOption number(
      String key, String help, double standard, double least, double most) {
    Bounded values = new Bounded(least, most, false);
    return new ValueOption(key, help, text(standard), text(standard), values);
  }

  /** Returns an option that is a whole number. */
  public static ValueOption whole(String key, String help, int standard, int least, int most) {
    Bounded values = new Bounded(least, most, true);
    return new ValueOption(key, help, text(standard), text(standard), values);
  }

  /** Returns an option that is one of some words; the first is the standard one. */
  public static ValueOption choice(String key, String help, String... words) {
    return new ValueOption(key, help, words[0], words[0], new OneOf(List.of(words)));
  }

  /**
   * Returns an option that is one of some constants, in a name's spelling: {@code PER_POINT} is
   * {@code perPoint}. The first is the standard one; {@link OptionValues#choice} reads it.
   */
  public static <E extends Enum<E>> ValueOption choice(
      String key, String help, Class<E> constants) {
    return choice(
        key,
        help,
        Arrays.stream(constants.getEnumConstants()).map(ValueOption::word).toArray(String[]::new));
  }

  /**
   * Returns this option where names that left it out meant something else in the first version.
   *
   * @param value what they meant
   */
  public ValueOption formerly(String value) {
    return new ValueOption(key, help, standard, values.canonical(key, value), values);
  }

  /** Returns this option where names that left it out meant another number in the first version. */
  public ValueOption formerly(double value) {
    return formerly(text(value));
  }

  public static String word(Enum<?> constant) {
    StringBuilder word = new StringBuilder();
    for (String part : constant.name().split("_", -1)) {
      if (word.isEmpty()) {
        word.append(part.toLowerCase(Locale.ROOT));
      } else {
        word.append(part.charAt(0)).append(part.substring(1).toLowerCase(Locale.ROOT));
      }
    }
    return word.toString();
  }

  /** Returns the one spelling of a number. */
  public static String text(double number) {
    if (number == Math.rint(number) && Math.abs(number) < 1e15) {
      return Long.toString((long) number);
    }
    return Double.toString(number);
  }

  private static GridException refusal(String key, String written, Values values) {
    return GridException.of(ErrorCode.USAGE, "%s must be %s, not %s", key, values.help(), written);
  }
}

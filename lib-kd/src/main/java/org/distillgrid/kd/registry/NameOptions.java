package org.distillgrid.kd.registry;

import com.google.errorprone.annotations.FormatMethod;
import com.google.errorprone.annotations.FormatString;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.distillgrid.kd.error.ErrorCode;
import org.distillgrid.kd.error.GridException;
import org.distillgrid.kd.error.NearestName;

/** Reads and writes names of a family and options: {@code edsr-c64-b16}, {@code denoise-s25}. */
public final class NameOptions {
  private static final String DASH = "-";
  private static final String SEPARATOR = "x";
  private static final Pattern PART =
      Pattern.compile("([a-z]+)([0-9]+(?:\\.[0-9]+)?(?:x[0-9]+(?:\\.[0-9]+)?)*)");

  private final String verb;
  private final String text;
  private final String family;
  private final List<? extends NameOption> options;

  private NameOptions(String verb, String text, String family, List<? extends NameOption> options) {
    this.verb = verb;
    this.text = text;
    this.family = family;
    this.options = options;
  }

  /** Returns a name in small letters, with a dash for each underscore. */
  static String respelled(String text) {
    return text.toLowerCase(Locale.ROOT).replace("_", DASH);
  }

  /** Returns what stands before the first dash. */
  static String family(String text) {
    return text.split(DASH, -1)[0];
  }

  /**
   * Returns the numbers of every option by key, defaults filled in.
   *
   * @param verb what a message says cannot be done, {@code build} for instance
   * @param options those of the family
   * @throws GridException if an option is unknown or given twice, or a number is out of range
   */
  public static SortedMap<String, List<Double>> values(
      String verb, String text, String family, List<? extends NameOption> options) {
    return new NameOptions(verb, text, family, options).values();
  }

  /** Returns the one spelling that all names of the same numbers share: every option, sorted. */
  public static String canonical(String family, SortedMap<String, List<Double>> values) {
    StringBuilder canonical = new StringBuilder(family);
    for (Map.Entry<String, List<Double>> value : values.entrySet()) {
      canonical.append(DASH).append(value.getKey()).append(written(value.getValue()));
    }
    return canonical.toString();
  }

  /** Returns numbers as a name spells them: {@code 64}, {@code 0.1}, {@code 1x1x1x28}. */
  public static String written(List<Double> numbers) {
    return numbers.stream().map(NameOptions::written).collect(Collectors.joining(SEPARATOR));
  }

  /** Returns a number as a name spells it. */
  public static String written(double number) {
    if (number == Math.rint(number)) {
      return Long.toString((long) number);
    }
    return Double.toString(number);
  }

  private SortedMap<String, List<Double>> values() {
    SortedMap<String, List<Double>> values = new TreeMap<>();
    List<String> parts = Arrays.asList(text.split(DASH, -1));
    for (String part : parts.subList(1, parts.size())) {
      NameOption option = option(part);
      List<Double> numbers = numbers(option, part.substring(option.key().length()));
      if (values.put(option.key(), numbers) != null) {
        throw refusal("%s is given twice", option.key());
      }
    }
    for (NameOption option : options) {
      values.putIfAbsent(option.key(), option.standard());
    }
    return values;
  }

  private NameOption option(String part) {
    List<String> keys = options.stream().map(NameOption::key).toList();
    Matcher matcher = PART.matcher(part);
    if (keys.isEmpty()) {
      throw refusal("%s takes no options, found %s", family, part);
    }
    if (!matcher.matches()) {
      throw refusal(
          "%s is no option of %s, which takes letters and a number (%s)%s",
          part, family, String.join(", ", keys), respelling());
    }
    String key = matcher.group(1);
    return options.stream()
        .filter(option -> option.key().equals(key))
        .findFirst()
        .orElseThrow(
            () -> refusal("%s has no option %s%s", family, key, NearestName.hint(key, keys)));
  }

  private String respelling() {
    String respelled = respelled(text);
    boolean helps =
        Arrays.stream(respelled.split(DASH, -1))
            .skip(1)
            .allMatch(part -> PART.matcher(part).matches());
    if (helps) {
      return "; did you mean " + respelled + "?";
    }
    return "";
  }

  private List<Double> numbers(NameOption option, String written) {
    List<Double> numbers =
        Arrays.stream(written.split(SEPARATOR, -1)).map(Double::parseDouble).toList();
    if (numbers.size() > 1 && !option.takesSeveral()) {
      throw refusal("%s takes one number, not %d", option.key(), numbers.size());
    }
    for (double number : numbers) {
      if (number < option.least() || number > option.most()) {
        throw refusal(
            "%s must lie between %s and %s",
            option.key(), written(option.least()), written(option.most()));
      }
    }
    return numbers;
  }

  @FormatMethod
  private GridException refusal(@FormatString String format, Object... arguments) {
    return GridException.of(
        ErrorCode.USAGE, "Cannot %s %s: %s", verb, text, String.format(format, arguments));
  }
}

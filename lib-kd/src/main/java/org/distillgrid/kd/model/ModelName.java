package org.distillgrid.kd.model;

import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.distillgrid.kd.error.ErrorCode;
import org.distillgrid.kd.error.GridException;
import org.distillgrid.kd.error.NearestName;
import org.distillgrid.kd.registry.Registry;

/**
 * A model's name, parsed: a family and a value for each of its options.
 *
 * @param text the name as it was written
 * @param family the family's name
 * @param values the numbers of every option of the family by key, defaults filled in
 */
public record ModelName(String text, String family, Map<String, List<Double>> values) {
  private static final Pattern PART =
      Pattern.compile("([a-z]+)([0-9]+(?:\\.[0-9]+)?(?:x[0-9]+(?:\\.[0-9]+)?)*)");

  /** Takes an unmodifiable copy of the values. */
  public ModelName {
    values = Collections.unmodifiableMap(new TreeMap<>(values));
  }

  /**
   * Parses a name such as {@code edsr-c64-b16}.
   *
   * @throws GridException if the family or an option is unknown or a value is out of range
   */
  public static ModelName parse(String text, Registry<ModelFamily> families) {
    List<String> parts = Arrays.asList(text.split("-", -1));
    ModelFamily family = families.named(parts.get(0));
    Map<String, List<Double>> values = new TreeMap<>();
    for (String part : parts.subList(1, parts.size())) {
      ModelOption option = option(text, family, part);
      List<Double> numbers = numbers(text, option, part.substring(option.key().length()));
      if (values.put(option.key(), numbers) != null) {
        throw GridException.of(
            ErrorCode.USAGE, "Cannot build %s: %s is given twice", text, option.key());
      }
    }
    for (ModelOption option : family.options()) {
      values.putIfAbsent(option.key(), option.standard());
    }
    return new ModelName(text, family.name(), values);
  }

  /** Returns an option's value as a whole number. */
  public int whole(String key) {
    return values.get(key).get(0).intValue();
  }

  /** Returns an option's values as whole numbers. */
  public List<Integer> wholes(String key) {
    return values.get(key).stream().map(Double::intValue).toList();
  }

  /** Returns an option's value. */
  public double number(String key) {
    return values.get(key).get(0);
  }

  /** Returns the one spelling that all names of this network share: every option, sorted. */
  public String canonical() {
    StringBuilder canonical = new StringBuilder(family);
    values.forEach(
        (key, numbers) -> canonical.append('-').append(key).append(ModelOption.written(numbers)));
    return canonical.toString();
  }

  private static ModelOption option(String text, ModelFamily family, String part) {
    List<String> keys = family.options().stream().map(ModelOption::key).toList();
    Matcher matcher = PART.matcher(part);
    if (!matcher.matches()) {
      throw GridException.of(
          ErrorCode.USAGE,
          "Cannot build %s: %s is no option of %s, which takes letters and a number (%s)",
          text,
          part,
          family.name(),
          String.join(", ", keys));
    }
    String key = matcher.group(1);
    return family.options().stream()
        .filter(option -> option.key().equals(key))
        .findFirst()
        .orElseThrow(
            () ->
                GridException.of(
                    ErrorCode.USAGE,
                    "Cannot build %s: %s has no option %s%s",
                    text,
                    family.name(),
                    key,
                    NearestName.hint(key, keys)));
  }

  private static List<Double> numbers(String text, ModelOption option, String written) {
    List<Double> numbers =
        Arrays.stream(written.split(ModelOption.SEPARATOR, -1)).map(Double::parseDouble).toList();
    if (numbers.size() > 1 && option.count() == ModelOption.Count.ONE) {
      throw GridException.of(
          ErrorCode.USAGE,
          "Cannot build %s: %s takes one number, not %d",
          text,
          option.key(),
          numbers.size());
    }
    for (double number : numbers) {
      if (number < option.least() || number > option.most()) {
        throw GridException.of(
            ErrorCode.USAGE,
            "Cannot build %s: %s must lie between %s and %s",
            text,
            option.key(),
            ModelOption.written(option.least()),
            ModelOption.written(option.most()));
      }
    }
    return numbers;
  }
}

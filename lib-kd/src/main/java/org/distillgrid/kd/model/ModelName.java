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
 * @param values every option of the family by key, defaults filled in
 */
public record ModelName(String text, String family, Map<String, Double> values) {
  private static final Pattern PART = Pattern.compile("([a-z]+)([0-9]+(?:\\.[0-9]+)?)");

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
    Map<String, Double> values = new TreeMap<>();
    for (String part : parts.subList(1, parts.size())) {
      ModelOption option = option(text, family, part);
      double value = Double.parseDouble(part.substring(option.key().length()));
      if (value < option.least() || value > option.most()) {
        throw GridException.of(
            ErrorCode.USAGE,
            "Cannot build %s: %s must lie between %s and %s",
            text,
            option.key(),
            number(option.least()),
            number(option.most()));
      }
      if (values.put(option.key(), value) != null) {
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
    return values.get(key).intValue();
  }

  /** Returns an option's value. */
  public double number(String key) {
    return values.get(key);
  }

  /** Returns the one spelling that all names of this network share: every option, sorted. */
  public String canonical() {
    StringBuilder canonical = new StringBuilder(family);
    values.forEach((key, value) -> canonical.append('-').append(key).append(number(value)));
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

  private static String number(double value) {
    if (value == Math.rint(value)) {
      return Long.toString((long) value);
    }
    return Double.toString(value);
  }
}

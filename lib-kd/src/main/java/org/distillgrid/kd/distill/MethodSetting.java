package org.distillgrid.kd.distill;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.distillgrid.kd.error.ErrorCode;
import org.distillgrid.kd.error.GridException;
import org.distillgrid.kd.error.NearestName;
import org.distillgrid.kd.registry.Registry;

/**
 * One method of a sum, parsed: {@code spark(grid=4)} in {@code spark(grid=4)+mipkd}.
 *
 * @param family the method
 * @param values its constants
 */
public record MethodSetting(Method family, MethodValues values) {
  private static final Pattern SYNTAX = Pattern.compile("([^()]+?)\\s*(?:\\(([^()]*)\\))?");

  static MethodSetting parse(String text, Registry<Method> families) {
    Matcher matcher = SYNTAX.matcher(text.strip());
    if (!matcher.matches()) {
      throw unreadable(text);
    }
    Method family = families.named(matcher.group(1));
    Map<String, String> values = new TreeMap<>(MethodValues.standard(family).byKey());
    Map<String, String> written = new TreeMap<>();
    if (matcher.group(2) != null) {
      for (String assignment : matcher.group(2).split(",", -1)) {
        String[] sides = assignment.split("=", -1);
        if (sides.length != 2) {
          throw unreadable(text);
        }
        MethodOption option = option(family, sides[0].strip());
        String value = value(family, option, sides[1].strip());
        if (written.put(option.key(), value) != null) {
          throw GridException.of(
              ErrorCode.USAGE, "Cannot use method %s: %s is set twice", text, option.key());
        }
      }
    }
    values.putAll(written);
    return new MethodSetting(family, new MethodValues(values));
  }

  /** Returns its one spelling: the name, and the options that are not standard by key. */
  public String canonical() {
    Map<String, String> standard = MethodValues.standard(family).byKey();
    String set =
        values.byKey().entrySet().stream()
            .filter(entry -> !entry.getValue().equals(standard.get(entry.getKey())))
            .map(entry -> entry.getKey() + "=" + entry.getValue())
            .collect(Collectors.joining(","));
    if (set.isEmpty()) {
      return family.name();
    }
    return family.name() + "(" + set + ")";
  }

  /** Returns whether it has pixel-wise terms that another method can weight. */
  boolean hasPixelTerms() {
    return family.hasPixelTerms(values);
  }

  private static String value(Method family, MethodOption option, String written) {
    try {
      return option.values().canonical(option.key(), written);
    } catch (GridException e) {
      throw GridException.of(
          e, ErrorCode.USAGE, "Cannot use method %s: %s", family.name(), e.getMessage());
    }
  }

  private static MethodOption option(Method family, String key) {
    List<String> keys = family.options().stream().map(MethodOption::key).toList();
    return family.options().stream()
        .filter(option -> option.key().equals(key))
        .findFirst()
        .orElseThrow(
            () ->
                GridException.of(
                    ErrorCode.USAGE,
                    "Unknown option of method %s: %s%s",
                    family.name(),
                    key,
                    NearestName.hint(key, keys)));
  }

  private static GridException unreadable(String text) {
    return GridException.of(
        ErrorCode.USAGE,
        "Cannot read method %s: write name, name(option=value,…) or a sum of them with +",
        text);
  }
}

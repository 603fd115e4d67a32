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
 * @param method the method
 * @param values its constants
 */
public record MethodSetting(Method method, MethodValues values) {
  private static final Pattern SYNTAX = Pattern.compile("([^()]+?)\\s*(?:\\(([^()]*)\\))?");

  static MethodSetting parse(String text, Registry<Method> methods) {
    Matcher matcher = SYNTAX.matcher(text.strip());
    if (!matcher.matches()) {
      throw unreadable(text);
    }
    Method method = methods.named(matcher.group(1));
    Map<String, String> values = new TreeMap<>(MethodValues.standard(method).byKey());
    Map<String, String> written = new TreeMap<>();
    if (matcher.group(2) != null) {
      for (String assignment : matcher.group(2).split(",", -1)) {
        String[] sides = assignment.split("=", -1);
        if (sides.length != 2) {
          throw unreadable(text);
        }
        MethodOption option = option(method, sides[0].strip());
        String value = value(method, option, sides[1].strip());
        if (written.put(option.key(), value) != null) {
          throw GridException.of(
              ErrorCode.USAGE, "Cannot use method %s: %s is set twice", text, option.key());
        }
      }
    }
    values.putAll(written);
    return new MethodSetting(method, new MethodValues(values));
  }

  /** Returns its one spelling: the name, and the options that are not standard by key. */
  public String canonical() {
    Map<String, String> standard = MethodValues.standard(method).byKey();
    String set =
        values.byKey().entrySet().stream()
            .filter(entry -> !entry.getValue().equals(standard.get(entry.getKey())))
            .map(entry -> entry.getKey() + "=" + entry.getValue())
            .collect(Collectors.joining(","));
    if (set.isEmpty()) {
      return method.name();
    }
    return method.name() + "(" + set + ")";
  }

  /** Returns what messages call it: its name without options. */
  String name() {
    return method.name();
  }

  /** Returns the terms that it adds to a loss; none if it weights those of others. */
  List<DeclaredTerm> terms() {
    if (method instanceof TermMethod adding) {
      return adding.terms(values);
    }
    return List.of();
  }

  /** Returns its term of a name that it declares. */
  DeclaredTerm term(String name) {
    return terms().stream().filter(term -> term.name().equals(name)).findFirst().orElseThrow();
  }

  /** Returns whether it has terms that another method can weight in space. */
  boolean hasPixelTerms() {
    return terms().stream()
        .anyMatch(term -> term.counts() && term.kind() == DeclaredTerm.Kind.PIXELWISE);
  }

  private static String value(Method method, MethodOption option, String written) {
    try {
      return option.values().canonical(option.key(), written);
    } catch (GridException e) {
      throw GridException.of(
          e, ErrorCode.USAGE, "Cannot use method %s: %s", method.name(), e.getMessage());
    }
  }

  private static MethodOption option(Method method, String key) {
    List<String> keys = method.options().stream().map(MethodOption::key).toList();
    return method.options().stream()
        .filter(option -> option.key().equals(key))
        .findFirst()
        .orElseThrow(
            () ->
                GridException.of(
                    ErrorCode.USAGE,
                    "Unknown option of method %s: %s%s",
                    method.name(),
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

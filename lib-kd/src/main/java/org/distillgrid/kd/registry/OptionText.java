package org.distillgrid.kd.registry;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.distillgrid.kd.error.ErrorCode;
import org.distillgrid.kd.error.GridException;
import org.distillgrid.kd.error.NearestName;

/** Reads and writes the options in a name's parentheses: {@code pams(decay=0.99,rate=0.02)}. */
public final class OptionText {
  private final String kind;
  private final String name;
  private final List<ValueOption> options;

  private OptionText(String kind, String name, List<ValueOption> options) {
    this.kind = kind;
    this.name = name;
    this.options = options;
  }

  /**
   * Returns every option's value, the standard ones filled in.
   *
   * @param kind how a message calls what has the options, for instance {@code "quantizer"}
   * @param name what stands before the parentheses
   * @param options those that it has
   * @param written what stands between them, {@code rate=0.02,decay=0.99}
   * @throws GridException if an option is unknown or set twice, or a value is none of its values
   */
  public static OptionValues values(
      String kind, String name, List<ValueOption> options, String written) {
    Map<String, String> values = new TreeMap<>(OptionValues.standard(options).byKey());
    values.putAll(new OptionText(kind, name, options).read(written));
    return new OptionValues(values);
  }

  /**
   * Returns the one spelling of a name: alone, or with the options that are not standard by key.
   */
  public static String canonical(String name, List<ValueOption> options, OptionValues values) {
    return besides(OptionValues.standard(options), name, values);
  }

  /**
   * Returns what a name means, in a spelling that is the same in all versions: alone, or with the
   * options by key whose values are not those that the name alone had in the first version.
   */
  public static String identity(String name, List<ValueOption> options, OptionValues values) {
    return besides(OptionValues.first(options), name, values);
  }

  private static String besides(OptionValues leftOut, String name, OptionValues values) {
    Map<String, String> silent = leftOut.byKey();
    String set =
        values.byKey().entrySet().stream()
            .filter(entry -> !entry.getValue().equals(silent.get(entry.getKey())))
            .map(entry -> entry.getKey() + "=" + entry.getValue())
            .collect(Collectors.joining(","));
    if (set.isEmpty()) {
      return name;
    }
    return name + "(" + set + ")";
  }

  private Map<String, String> read(String written) {
    if (options.isEmpty()) {
      throw GridException.of(
          ErrorCode.USAGE, "Cannot use %s %s: it takes no options, found %s", kind, name, written);
    }
    Map<String, String> values = new TreeMap<>();
    for (String assignment : written.split(",", -1)) {
      String[] sides = assignment.split("=", -1);
      if (sides.length != 2) {
        throw GridException.of(
            ErrorCode.USAGE,
            "Cannot use %s %s: write option=value in its parentheses, not '%s'",
            kind,
            name,
            assignment.strip());
      }
      ValueOption option = option(sides[0].strip());
      if (values.put(option.key(), value(option, sides[1].strip())) != null) {
        throw GridException.of(
            ErrorCode.USAGE,
            "Cannot use %s %s(%s): %s is set twice",
            kind,
            name,
            written,
            option.key());
      }
    }
    return values;
  }

  private ValueOption option(String key) {
    List<String> keys = options.stream().map(ValueOption::key).toList();
    return options.stream()
        .filter(option -> option.key().equals(key))
        .findFirst()
        .orElseThrow(
            () ->
                GridException.of(
                    ErrorCode.USAGE,
                    "Unknown option of %s %s: %s%s",
                    kind,
                    name,
                    key,
                    NearestName.hint(key, keys)));
  }

  private String value(ValueOption option, String written) {
    try {
      return option.values().canonical(option.key(), written);
    } catch (GridException e) {
      throw GridException.of(
          e, ErrorCode.USAGE, "Cannot use %s %s: %s", kind, name, e.getMessage());
    }
  }
}

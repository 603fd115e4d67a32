package org.distillgrid.kd.task;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.SortedMap;
import java.util.TreeMap;
import org.distillgrid.kd.registry.NameOptions;
import org.distillgrid.kd.registry.Registry;

/**
 * The name of one task, parsed: a family and the values of its options.
 *
 * @param family the family's name
 * @param values the numbers of every option of the family by key, defaults filled in; options that
 *     have none are absent
 */
public record TaskName(String family, Map<String, List<Double>> values) {
  public TaskName {
    values = Collections.unmodifiableMap(new TreeMap<>(values));
  }

  /**
   * Parses a name such as {@code denoise-s25}.
   *
   * @throws org.distillgrid.kd.error.GridException if the family or an option is unknown or a value
   *     is out of range
   */
  public static TaskName parse(String text, Registry<TaskFamily> families) {
    TaskFamily family = families.family(text);
    SortedMap<String, List<Double>> values =
        NameOptions.values("set task", text, family.name(), family.options());
    values.values().removeIf(List::isEmpty);
    return new TaskName(family.name(), values);
  }

  /** Returns the value of an option that always has one. */
  public double number(String key) {
    return values.get(key).get(0);
  }

  /** Returns the value of an option, if the name gives it one. */
  public OptionalDouble given(String key) {
    if (values.containsKey(key)) {
      return OptionalDouble.of(number(key));
    }
    return OptionalDouble.empty();
  }

  /** Returns the one spelling that all names of this task share: every option, sorted. */
  public String canonical() {
    return NameOptions.canonical(family, new TreeMap<>(values));
  }
}

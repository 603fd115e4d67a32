package org.distillgrid.kd.task;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.distillgrid.kd.registry.NameOptions;
import org.distillgrid.kd.registry.Registry;

/**
 * A task's name, parsed: a family and a value for each of its options.
 *
 * @param family the family's name
 * @param values the numbers of every option of the family by key, defaults filled in
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
    return new TaskName(
        family.name(), NameOptions.values("set task", text, family.name(), family.options()));
  }

  /** Returns an option's value. */
  public double number(String key) {
    return values.get(key).get(0);
  }

  /** Returns the one spelling that all names of this task share: every option, sorted. */
  public String canonical() {
    return NameOptions.canonical(family, new TreeMap<>(values));
  }
}

package org.distillgrid.kd.model;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.distillgrid.kd.registry.NameOptions;
import org.distillgrid.kd.registry.Registry;

/**
 * A model's name, parsed: a family and a value for each of its options.
 *
 * @param text the name as it was written
 * @param family the family's name
 * @param values the numbers of every option of the family by key, defaults filled in
 */
public record ModelName(String text, String family, Map<String, List<Double>> values) {
  /** Takes an unmodifiable copy of the values. */
  public ModelName {
    values = Collections.unmodifiableMap(new TreeMap<>(values));
  }

  /**
   * Parses a name such as {@code edsr-c64-b16}.
   *
   * @throws org.distillgrid.kd.error.GridException if the family or an option is unknown or a value
   *     is out of range
   */
  public static ModelName parse(String text, Registry<ModelFamily> families) {
    ModelFamily family = families.named(NameOptions.family(text));
    return new ModelName(
        text, family.name(), NameOptions.values("build", text, family.name(), family.options()));
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
    return NameOptions.canonical(family, new TreeMap<>(values));
  }
}

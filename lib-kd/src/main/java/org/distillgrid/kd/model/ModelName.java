package org.distillgrid.kd.model;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.distillgrid.kd.registry.NameOptions;
import org.distillgrid.kd.registry.Registry;

/**
 * A model's name, parsed: a family and a value for each of its options.
 *
 * @param text the name as it was written
 * @param family the family's name
 * @param values the numbers of every option of the family by key, defaults filled in
 * @param oneForAll the keys of options of which one number stands for as many as it takes
 * @param unwritten values, by key, with which canonical names go without an option
 */
public record ModelName(
    String text,
    String family,
    Map<String, List<Double>> values,
    Set<String> oneForAll,
    Map<String, List<Double>> unwritten) {
  public ModelName {
    values = Collections.unmodifiableMap(new TreeMap<>(values));
    oneForAll = Set.copyOf(oneForAll);
    unwritten = Map.copyOf(unwritten);
  }

  /**
   * Parses a name such as {@code edsr-c64-b16}.
   *
   * @throws org.distillgrid.kd.error.GridException if the family or an option is unknown or a value
   *     is out of range
   */
  public static ModelName parse(String text, Registry<ModelFamily> families) {
    ModelFamily family = families.family(text);
    Set<String> oneForAll =
        family.options().stream()
            .filter(option -> option.count() == ModelOption.Count.ONE_FOR_ALL)
            .map(ModelOption::key)
            .collect(Collectors.toSet());
    Map<String, List<Double>> unwritten =
        family.options().stream()
            .filter(option -> option.writing() == ModelOption.Writing.UNLESS_STANDARD)
            .collect(Collectors.toMap(ModelOption::key, ModelOption::standard));
    return new ModelName(
        text,
        family.name(),
        NameOptions.values("build", family.spelled(text), family.name(), family.options()),
        oneForAll,
        unwritten);
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

  /**
   * Returns the one spelling that all names of this network share: every option, sorted, but for
   * those that are {@link ModelOption#added added} and have their standard value.
   */
  public String canonical() {
    SortedMap<String, List<Double>> shortest = new TreeMap<>(values);
    for (String key : oneForAll) {
      shortest.computeIfPresent(key, (option, numbers) -> joined(numbers));
    }
    shortest.entrySet().removeIf(value -> value.getValue().equals(unwritten.get(value.getKey())));
    return NameOptions.canonical(family, shortest);
  }

  private static List<Double> joined(List<Double> numbers) {
    List<Double> different = numbers.stream().distinct().toList();
    if (different.size() == 1) {
      return different;
    }
    return numbers;
  }
}

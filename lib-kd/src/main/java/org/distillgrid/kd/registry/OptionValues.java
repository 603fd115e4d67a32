package org.distillgrid.kd.registry;

import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The constants of something named, those that its name sets and the standard ones.
 *
 * @param byKey every option's value in its one spelling
 */
public record OptionValues(Map<String, String> byKey) {
  public OptionValues {
    byKey = Collections.unmodifiableMap(new TreeMap<>(byKey));
  }

  /** Returns the standard values of options. */
  public static OptionValues standard(List<ValueOption> options) {
    Map<String, String> values = new TreeMap<>();
    options.forEach(option -> values.put(option.key(), option.standard()));
    return new OptionValues(values);
  }

  /** Returns the values that names meant in the first version where they left options out. */
  static OptionValues first(List<ValueOption> options) {
    Map<String, String> values = new TreeMap<>();
    options.forEach(option -> values.put(option.key(), option.first()));
    return new OptionValues(values);
  }

  /** Returns an option that is a number. */
  public double number(String key) {
    return Double.parseDouble(word(key));
  }

  /** Returns an option that is a whole number. */
  public int whole(String key) {
    return Integer.parseInt(word(key));
  }

  /** Returns an option that is one of some constants; see {@link ValueOption#choice}. */
  public <E extends Enum<E>> E choice(String key, Class<E> constants) {
    String word = word(key);
    return Arrays.stream(constants.getEnumConstants())
        .filter(constant -> ValueOption.word(constant).equals(word))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("No such " + key + ": " + word));
  }

  /** Returns an option as it is written. */
  public String word(String key) {
    String value = byKey.get(key);
    if (value == null) {
      throw new IllegalArgumentException("No such option: " + key);
    }
    return value;
  }
}

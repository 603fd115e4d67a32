package org.distillgrid.kd.distill;

import java.util.Arrays;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/**
 * The constants of a method, those that its name sets and the standard ones.
 *
 * @param byKey every option's value in its one spelling
 */
public record MethodValues(Map<String, String> byKey) {
  public MethodValues {
    byKey = Collections.unmodifiableMap(new TreeMap<>(byKey));
  }

  /** Returns the standard values of a method. */
  public static MethodValues standard(Method method) {
    Map<String, String> values = new TreeMap<>();
    method.options().forEach(option -> values.put(option.key(), option.standard()));
    return new MethodValues(values);
  }

  /** Returns an option that is a number. */
  public double number(String key) {
    return Double.parseDouble(word(key));
  }

  /** Returns an option that is a whole number. */
  public int whole(String key) {
    return Integer.parseInt(word(key));
  }

  /** Returns an option that is one of some constants; see {@link MethodOption#choice}. */
  public <E extends Enum<E>> E choice(String key, Class<E> constants) {
    String word = word(key);
    return Arrays.stream(constants.getEnumConstants())
        .filter(constant -> MethodOption.word(constant).equals(word))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("No such " + key + ": " + word));
  }

  /** Returns an option as it is written. */
  public String word(String key) {
    String value = byKey.get(key);
    if (value == null) {
      throw new IllegalArgumentException("No such option of the method: " + key);
    }
    return value;
  }
}

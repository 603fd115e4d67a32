package org.distillgrid.jobs.plan;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.distillgrid.kd.distill.MethodSum;

/** The list of values of one option of a method, as they are written and in their one spelling. */
final class ListedValues {
  private static final Pattern NUMBER = Pattern.compile("[-+]?[0-9.]+([eE][-+]?[0-9]+)?");

  private final int part;
  private final String key;
  private final List<String> written;
  private final String[] canonical;

  /**
   * Takes a list.
   *
   * @param part the place in the sum of the method that has the option
   */
  ListedValues(int part, String key, List<String> written) {
    this.part = part;
    this.key = key;
    this.written = List.copyOf(written);
    this.canonical = new String[written.size()];
  }

  int size() {
    return written.size();
  }

  /** Returns whether there is more than one value. */
  boolean isChoice() {
    return written.size() > 1;
  }

  String written(int place) {
    return written.get(place);
  }

  /** Learns the one spelling of a value from the method that has it. */
  void learn(int place, MethodSum method) {
    canonical[place] = method.settings().get(part).values().word(key);
  }

  /** Returns the one spelling of a value, which has been learnt. */
  String canonical(int place) {
    return canonical[place];
  }

  /** Returns a value that the list has twice, as it is written the second time. */
  Optional<String> twice() {
    Set<String> seen = new HashSet<>();
    for (int place = 0; place < canonical.length; place++) {
      if (!seen.add(canonical[place])) {
        return Optional.of(written.get(place));
      }
    }
    return Optional.empty();
  }

  /** Returns whether the values are numbers, and one of them is the least or the greatest. */
  boolean isEdge(int place) {
    List<Double> numbers = new ArrayList<>();
    for (String value : canonical) {
      if (!NUMBER.matcher(value).matches()) {
        return false;
      }
      numbers.add(Double.parseDouble(value));
    }
    double number = numbers.get(place);
    return number == Collections.min(numbers) || number == Collections.max(numbers);
  }

  /** Returns whether it is the list of an option of a part of a sum. */
  boolean isOf(int otherPart, String otherKey) {
    return part == otherPart && key.equals(otherKey);
  }

  /** Returns the option's key, in a sum after the method's name. */
  String key(MethodSum method) {
    if (method.settings().size() == 1) {
      return key;
    }
    return method.settings().get(part).method().name() + "." + key;
  }

  /** Returns the list in its one spelling. */
  String text() {
    return "[" + String.join(",", Arrays.asList(canonical)) + "]";
  }
}

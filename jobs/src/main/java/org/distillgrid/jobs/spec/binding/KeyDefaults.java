package org.distillgrid.jobs.spec.binding;

import java.lang.reflect.RecordComponent;
import java.util.HashMap;
import java.util.Map;

/**
 * The defaults of a record's keys where it is held.
 *
 * @param other by key, as YAML, those that are not the record's own
 */
public record KeyDefaults(Map<String, String> other) {
  /** Those of a record that nothing holds. */
  public static final KeyDefaults OWN = new KeyDefaults(Map.of());

  /** Returns those of the record that a component holds. */
  public static KeyDefaults within(RecordComponent holder) {
    Defaults defaults = holder.getAnnotation(Defaults.class);
    if (defaults == null) {
      return OWN;
    }
    Map<String, String> other = new HashMap<>();
    for (String assignment : defaults.value()) {
      String[] sides = assignment.split(": ", 2);
      other.put(sides[0], sides[1]);
    }
    return new KeyDefaults(other);
  }

  /** Returns these defaults for keys that stand among those of a record which has some itself. */
  public KeyDefaults inlinedIn(KeyDefaults holder) {
    Map<String, String> both = new HashMap<>(other);
    both.putAll(holder.other);
    return new KeyDefaults(both);
  }

  /** Returns the default of a key as YAML, or {@link Key#REQUIRED}. */
  public String of(RecordComponent component) {
    return other.getOrDefault(component.getName(), component.getAnnotation(Key.class).standard());
  }
}

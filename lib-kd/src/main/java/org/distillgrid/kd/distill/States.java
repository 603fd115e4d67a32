package org.distillgrid.kd.distill;

import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.distillgrid.kd.weights.HostTensor;

/** Keeps states that lie side by side apart by prefixes. */
public final class States {
  private States() {}

  /** Returns a state with a prefix before every name. */
  public static SortedMap<String, HostTensor> under(String prefix, Map<String, HostTensor> state) {
    SortedMap<String, HostTensor> named = new TreeMap<>();
    state.forEach((name, tensor) -> named.put(prefix + name, tensor));
    return named;
  }

  /** Returns what of a state bears a prefix, named without it. */
  public static SortedMap<String, HostTensor> without(
      String prefix, Map<String, HostTensor> state) {
    SortedMap<String, HostTensor> found = new TreeMap<>();
    state.forEach(
        (name, tensor) -> {
          if (name.startsWith(prefix)) {
            found.put(name.substring(prefix.length()), tensor);
          }
        });
    return found;
  }
}

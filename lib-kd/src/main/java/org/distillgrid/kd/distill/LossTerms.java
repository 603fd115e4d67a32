package org.distillgrid.kd.distill;

import ai.djl.ndarray.NDArray;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The terms of one step's loss, each already weighted; the student descends their sum.
 *
 * @param byName scalars in the order in which they are added up
 */
public record LossTerms(Map<String, NDArray> byName) {
  /** Takes an unmodifiable copy. */
  public LossTerms {
    byName = Collections.unmodifiableMap(new LinkedHashMap<>(byName));
  }

  /** Returns one term alone. */
  public static LossTerms of(String name, NDArray value) {
    return new LossTerms(Map.of(name, value));
  }

  /** Returns these terms and one more. */
  public LossTerms and(String name, NDArray value) {
    Map<String, NDArray> more = new LinkedHashMap<>(byName);
    if (more.put(name, value) != null) {
      throw new IllegalArgumentException("Loss term is named twice: " + name);
    }
    return new LossTerms(more);
  }

  /** Returns the sum, a scalar. */
  public NDArray total() {
    return byName.values().stream()
        .reduce(NDArray::add)
        .orElseThrow(() -> new IllegalStateException("A loss needs at least one term"));
  }
}

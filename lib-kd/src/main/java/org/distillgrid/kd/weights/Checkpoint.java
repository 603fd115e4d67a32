package org.distillgrid.kd.weights;

import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Named tensors and the text that travels with them, as one file holds them.
 *
 * @param tensors by name, in the order of their names
 * @param metadata free text by key, for instance the model's name
 */
public record Checkpoint(
    SortedMap<String, HostTensor> tensors, SortedMap<String, String> metadata) {
  public Checkpoint {
    tensors = Collections.unmodifiableSortedMap(new TreeMap<>(tensors));
    metadata = Collections.unmodifiableSortedMap(new TreeMap<>(metadata));
  }

  /** Returns a checkpoint of the given maps. */
  public static Checkpoint of(Map<String, HostTensor> tensors, Map<String, String> metadata) {
    return new Checkpoint(new TreeMap<>(tensors), new TreeMap<>(metadata));
  }
}

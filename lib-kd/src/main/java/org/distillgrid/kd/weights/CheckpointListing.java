package org.distillgrid.kd.weights;

import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What a weight file holds, told without reading a value.
 *
 * @param format for instance {@code safetensors}
 * @param tensors by name
 * @param metadata free text by key
 * @param notes what else is there and how it was taken, a sentence each
 */
public record CheckpointListing(
    String format,
    SortedMap<String, Tensor> tensors,
    SortedMap<String, String> metadata,
    List<String> notes) {
  /**
   * One tensor.
   *
   * @param shape its sizes
   * @param type how the file stores its numbers, for instance {@code float16}
   * @param bytes how many bytes its numbers take as stored
   */
  public record Tensor(long[] shape, String type, long bytes) {
    public static Tensor of(long[] shape, StoredType type) {
      return new Tensor(shape, type.label(), HostTensor.elements(shape) * type.bytes());
    }
  }

  public CheckpointListing {
    tensors = Collections.unmodifiableSortedMap(new TreeMap<>(tensors));
    metadata = Collections.unmodifiableSortedMap(new TreeMap<>(metadata));
    notes = List.copyOf(notes);
  }

  /** Returns how many numbers there are in all tensors together. */
  public long elements() {
    return tensors.values().stream().mapToLong(t -> HostTensor.elements(t.shape())).sum();
  }

  /** Returns how many bytes all tensors take together. */
  public long bytes() {
    return tensors.values().stream().mapToLong(Tensor::bytes).sum();
  }
}

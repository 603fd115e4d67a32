package org.distillgrid.kd.weights;

import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A checkpoint some of whose tensors are bytes, packed numbers say, that only its owner can read.
 *
 * @param floats the other tensors, and the metadata of all
 * @param packed bytes by name, in the order of their names; no name is that of a float tensor
 */
public record PackedCheckpoint(Checkpoint floats, SortedMap<String, byte[]> packed) {
  public PackedCheckpoint {
    packed = Collections.unmodifiableSortedMap(new TreeMap<>(packed));
    for (String name : packed.keySet()) {
      if (floats.tensors().containsKey(name)) {
        throw new IllegalArgumentException("Tensor is there twice: " + name);
      }
    }
  }

  /** Returns a checkpoint without packed tensors. */
  static PackedCheckpoint of(Checkpoint floats) {
    return new PackedCheckpoint(floats, new TreeMap<>());
  }

  /** Returns how many bytes all tensors take. */
  long dataBytes() {
    long bytes = 0;
    for (HostTensor tensor : floats.tensors().values()) {
      bytes += (long) tensor.values().length * Float.BYTES;
    }
    for (byte[] tensor : packed.values()) {
      bytes += tensor.length;
    }
    return bytes;
  }
}

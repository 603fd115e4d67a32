package org.distillgrid.jobs.cluster;

import java.util.OptionalInt;
import java.util.OptionalLong;

/**
 * What a person asks of the executors on this machine.
 *
 * @param count how many; nothing for as many as the machine carries
 * @param memoryBytes of each, heap and tensors; nothing for what is computed
 */
public record WorkerWishes(OptionalInt count, OptionalLong memoryBytes) {
  /** Returns whether nothing is asked. */
  public boolean areNone() {
    return count.isEmpty() && memoryBytes.isEmpty();
  }
}

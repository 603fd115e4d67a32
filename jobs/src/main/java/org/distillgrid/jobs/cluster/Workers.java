package org.distillgrid.jobs.cluster;

import java.util.List;

/**
 * The executors that a session starts on this machine, each a process of its own; one means that
 * the session's own process is the only one.
 *
 * @param count how many, at least 1
 * @param cores of each
 * @param heapBytes of the Java heap of each
 * @param gpus one for each of them, or none at all
 * @param line says what was chosen and why
 */
public record Workers(int count, int cores, long heapBytes, List<String> gpus, String line) {
  /** Takes an unmodifiable copy. */
  public Workers {
    gpus = List.copyOf(gpus);
  }

  /** Returns whether they are processes beside the driver's. */
  public boolean areProcesses() {
    return count > 1 || !gpus.isEmpty();
  }
}

package org.distillgrid.kd.nn;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.index.NDIndex;
import org.distillgrid.kd.weights.HostTensor;

/** Copies flat buffers to the host and back, in place. */
public final class FlatTensors {
  private FlatTensors() {}

  /** Returns a copy on the host. */
  public static HostTensor export(NDArray flat) {
    return new HostTensor(flat.getShape().getShape(), HostValues.of(flat));
  }

  /** Overwrites a buffer; its views stay views of it. */
  public static void restore(NDArray flat, HostTensor saved) {
    try (NDManager scratch = flat.getManager().newSubManager()) {
      flat.set(new NDIndex(":"), scratch.create(saved.values()));
    }
  }
}

package org.distillgrid.kd.train;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.index.NDIndex;
import org.distillgrid.kd.weights.HostTensor;

/** Copies flat buffers to the host and back, in place. */
final class FlatTensors {
  private FlatTensors() {}

  static HostTensor export(NDArray flat) {
    return new HostTensor(flat.getShape().getShape(), flat.toFloatArray());
  }

  static void restore(NDArray flat, HostTensor saved) {
    try (NDManager scratch = flat.getManager().newSubManager()) {
      flat.set(new NDIndex(":"), scratch.create(saved.values()));
    }
  }
}

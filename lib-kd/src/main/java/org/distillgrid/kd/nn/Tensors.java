package org.distillgrid.kd.nn;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;

/** Brings numbers of the host to the device. */
public final class Tensors {
  private Tensors() {}

  /**
   * Returns a tensor in PyTorch's own memory. A tensor that DJL creates on a CPU lies in a Java
   * buffer, whose address is a multiple of 8 or 16 only; matrix products sum up in another order
   * when their operands lie otherwise, and the same training then ends in other bits.
   */
  public static NDArray aligned(float[] values, Shape shape, NDManager manager) {
    try (NDArray unaligned = manager.create(values, shape)) {
      NDArray aligned = unaligned.duplicate();
      aligned.attach(manager);
      return aligned;
    }
  }
}

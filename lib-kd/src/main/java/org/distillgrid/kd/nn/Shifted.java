package org.distillgrid.kd.nn;

import ai.djl.ndarray.NDArray;

/** Sums of a tensor and a number that no Java buffer holds; see {@link Filled}. */
public final class Shifted {
  private Shifted() {}

  /** Returns {@code tensor + amount}, in the tensor's manager. */
  public static NDArray by(double amount, NDArray tensor) {
    try (NDArray number = Filled.number(amount, tensor)) {
      return tensor.add(number);
    }
  }
}

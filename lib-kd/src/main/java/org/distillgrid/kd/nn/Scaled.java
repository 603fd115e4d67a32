package org.distillgrid.kd.nn;

import ai.djl.ndarray.NDArray;

/**
 * Products and quotients of a tensor and a number. DJL's own, {@code mul(Number)} and its like, put
 * the number into a Java buffer that may be freed while the gradient tape still needs it: the
 * gradient is then now and then computed with whatever lies there. Here the number is in PyTorch's
 * own memory, which the tape keeps.
 */
public final class Scaled {
  private Scaled() {}

  /** Returns {@code tensor · factor}, in the tensor's manager. */
  public static NDArray by(double factor, NDArray tensor) {
    try (NDArray number = Filled.number(factor, tensor)) {
      return tensor.mul(number);
    }
  }

  /** Returns {@code tensor / divisor}, in the tensor's manager. */
  public static NDArray over(double divisor, NDArray tensor) {
    try (NDArray number = Filled.number(divisor, tensor)) {
      return tensor.div(number);
    }
  }

  /** Multiplies a tensor in place, and returns it. */
  public static NDArray inPlace(double factor, NDArray tensor) {
    try (NDArray number = Filled.number(factor, tensor)) {
      return tensor.muli(number);
    }
  }
}

package org.distillgrid.kd.distill;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;

/** Lets results belong to a manager of one's own: they go where their first operand belongs. */
public final class Aliases {
  private Aliases() {}

  /** Returns the same tensor in another manager, off the gradient tape. */
  public static NDArray in(NDManager manager, NDArray tensor) {
    NDArray alias = tensor.stopGradient();
    alias.attach(manager);
    return alias;
  }
}

package org.distillgrid.kd.distill.dckd;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;

/** Tensors as something to compare with: off the gradient tape, in a manager of one's own. */
final class Frozen {
  private Frozen() {}

  /** Returns the same tensor in another manager, off the gradient tape. */
  static NDArray in(NDManager manager, NDArray tensor) {
    NDArray alias = tensor.stopGradient();
    alias.attach(manager);
    return alias;
  }
}

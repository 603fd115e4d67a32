package org.distillgrid.kd.distill.spark;

import ai.djl.ndarray.NDArray;

/** How the student after its step is compared with the one after the step under W = 1. */
sealed interface CounterfactualGain extends AutoCloseable permits ImageGain, CellGain {
  /**
   * Returns the rewards, N×1×1×1 or, of cells, N×1×G×G.
   *
   * @param before outputs after the step under even weights, N×C×H×W
   * @param after outputs after the step that was taken
   * @param target the ground truth
   */
  NDArray of(NDArray before, NDArray after, NDArray target);

  @Override
  default void close() {}
}

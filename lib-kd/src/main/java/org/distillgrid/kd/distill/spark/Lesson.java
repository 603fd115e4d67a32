package org.distillgrid.kd.distill.spark;

import ai.djl.ndarray.NDArray;
import org.distillgrid.kd.nn.HostValues;

/**
 * What came of a drawn map.
 *
 * @param drawn the map
 * @param rewards of each image, N×1×1×1, or of each cell, N×1×G×G
 */
record Lesson(Drawn drawn, NDArray rewards) {
  /** Returns the mean reward of the batch. */
  double meanReward() {
    return HostValues.of(rewards.mean())[0];
  }
}

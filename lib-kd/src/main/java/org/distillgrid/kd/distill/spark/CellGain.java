package org.distillgrid.kd.distill.spark;

import ai.djl.ndarray.NDArray;

/**
 * What each cell has over the step under W = 1: its L1 there less its own, over that of its whole
 * image. Ours: the paper pays an image as a whole, of whose reward a cell's weight is one part in
 * G².
 *
 * @param grid cells along each side
 */
record CellGain(int grid) implements CounterfactualGain {
  @Override
  public NDArray of(NDArray before, NDArray after, NDArray target) {
    return Gain.SPATIAL_L1.of(before, after, target, grid);
  }
}

package org.distillgrid.kd.nn.block;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;

/** Moves everything along an axis; what leaves at one end comes in at the other. */
public final class Roll {
  private Roll() {}

  /**
   * Returns the rolled tensor, in the input's manager; the input itself where nothing moves.
   *
   * @param axis along which it moves
   * @param places how far, towards greater indices where positive
   */
  public static NDArray of(NDArray input, int axis, long places) {
    long cut = Math.floorMod(-places, input.getShape().get(axis));
    if (cut == 0) {
      return input;
    }
    // A split's gradient is one concatenation; a slice's fills a tensor of zeros.
    NDList parts = input.split(new long[] {cut}, axis);
    return NDArrays.concat(new NDList(parts.get(1), parts.get(0)), axis);
  }
}

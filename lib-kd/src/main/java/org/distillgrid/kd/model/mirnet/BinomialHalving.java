package org.distillgrid.kd.model.mirnet;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.convolutional.Conv2d;
import org.distillgrid.kd.nn.Tensors;

/**
 * Halves features without aliasing: every other pixel of what the filter 1-2-1 makes of them in
 * both directions; beyond the border features are reflected. Both sides are even. Source: Zhang,
 * Making convolutional networks shift-invariant again (ICML 2019), as MIRNet's released code uses
 * it.
 */
final class BinomialHalving {
  private static final int SIDE = 3;
  private static final float[] TAPS = {1, 2, 1};
  private static final float SUM = 16;

  private BinomialHalving() {}

  /** Returns the features, N×C×2H×2W, at N×C×H×W, in the input's manager. */
  static NDArray of(NDArray input) {
    int channels = Math.toIntExact(input.getShape().get(1));
    NDArray bordered = bordered(bordered(input, 2, ":,:,1:2"), 3, ":,:,:,1:2");
    NDArray kernel =
        Tensors.aligned(kernels(channels), new Shape(channels, 1, SIDE, SIDE), input.getManager());
    return Conv2d.conv2d(
            bordered, kernel, null, new Shape(2, 2), new Shape(0, 0), new Shape(1, 1), channels)
        .singletonOrThrow();
  }

  /** Returns the filter, row by row, once for each channel. */
  static float[] kernels(int channels) {
    float[] values = new float[channels * SIDE * SIDE];
    for (int i = 0; i < values.length; i++) {
      values[i] = TAPS[i / SIDE % SIDE] * TAPS[i % SIDE] / SUM;
    }
    return values;
  }

  // Of an even number of lines, taken by twos, only the first looks over the border.
  private static NDArray bordered(NDArray input, int axis, String second) {
    return NDArrays.concat(new NDList(input.get(new NDIndex(second)), input), axis);
  }
}

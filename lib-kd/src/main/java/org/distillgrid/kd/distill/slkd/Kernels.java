package org.distillgrid.kd.distill.slkd;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.util.HashMap;
import java.util.Map;
import org.distillgrid.kd.nn.Tensors;

/** The kernels that features are filtered with; kept, so that no step brings them over again. */
final class Kernels implements AutoCloseable {
  private static final double SIGMA = 7 / 6.0;
  private static final int SOBEL_SIDE = 3;
  private static final float[] SOBEL = {
    -1, 0, 1, -2, 0, 2, -1, 0, 1, // along a row
    -1, -2, -1, 0, 0, 0, 1, 2, 1 // along a column
  };

  private final NDManager manager;
  private final Map<Integer, NDArray> windows = new HashMap<>();
  private final NDArray sobel;

  Kernels(NDManager parent) {
    this.manager = parent.newSubManager();
    this.sobel = Tensors.aligned(SOBEL, new Shape(2, 1, SOBEL_SIDE, SOBEL_SIDE), manager);
  }

  /** Returns Sobel's gradient along rows and along columns, 2×1×3×3; it stays this one's. */
  NDArray sobel() {
    return sobel;
  }

  /**
   * Returns a Gaussian of standard deviation 7/6 whose sum is 1, 1×1×side×side; it stays this
   * one's.
   *
   * @param side odd
   */
  NDArray gaussian(int side) {
    return windows.computeIfAbsent(side, this::window);
  }

  private NDArray window(int side) {
    float[] values = new float[side * side];
    double sum = 0;
    for (int i = 0; i < values.length; i++) {
      sum += weight(i, side);
    }
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) (weight(i, side) / sum);
    }
    return Tensors.aligned(values, new Shape(1, 1, side, side), manager);
  }

  private static double weight(int place, int side) {
    int row = place / side - side / 2;
    int column = place % side - side / 2;
    return Math.exp(-(row * row + column * column) / (2 * SIGMA * SIGMA));
  }

  @Override
  public void close() {
    manager.close();
  }
}

package org.distillgrid.kd.distill.slkd;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.convolutional.Conv2d;

/** Features seen as planes of one channel each, so that one small filter serves all channels. */
final class Planes {
  private static final Shape ONE = new Shape(1, 1);
  private static final Shape NONE = new Shape(0, 0);

  private Planes() {}

  /**
   * Filters each channel by itself, only where the kernel lies wholly inside.
   *
   * @param features N×C×H×W
   * @param kernel K×1×h×w
   * @return N×C×(H − h + 1)×(W − w + 1) for K = 1, else (N·C)×K×…, in the features' manager
   */
  static NDArray filtered(NDArray features, NDArray kernel) {
    Shape shape = features.getShape();
    NDArray planes = features.reshape(shape.get(0) * shape.get(1), 1, shape.get(2), shape.get(3));
    NDArray alias = kernel.reshape(kernel.getShape());
    alias.attach(features.getManager());
    NDArray found = Conv2d.conv2d(planes, alias, null, ONE, NONE, ONE, 1).singletonOrThrow();
    if (kernel.getShape().get(0) > 1) {
      return found;
    }
    Shape left = found.getShape();
    return found.reshape(shape.get(0), shape.get(1), left.get(2), left.get(3));
  }
}

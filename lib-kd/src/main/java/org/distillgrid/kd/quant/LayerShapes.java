package org.distillgrid.kd.quant;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import java.util.Arrays;
import org.distillgrid.kd.nn.Parameter;

/** Shapes of what belongs to one output channel of a weight. */
final class LayerShapes {
  private LayerShapes() {}

  /** Returns the weight's shape with every axis but the first set to 1. */
  static Shape perOutputChannel(Parameter weight) {
    long[] sizes = weight.shape().getShape().clone();
    Arrays.fill(sizes, 1, sizes.length, 1);
    return new Shape(sizes);
  }

  /** Returns a weight as one row per output channel. */
  static NDArray rows(NDArray weight) {
    return weight.reshape(weight.getShape().get(0), -1);
  }
}

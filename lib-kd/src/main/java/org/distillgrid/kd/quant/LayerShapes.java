package org.distillgrid.kd.quant;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.ndarray.types.Shape;
import java.util.Arrays;
import org.distillgrid.kd.nn.WeightedLayer;

/** Shapes of what shares one scale: one output channel of a weight, or all of an operand. */
public final class LayerShapes {
  private LayerShapes() {}

  /** Returns the shape of a layer's weight with every axis but its output channels set to 1. */
  static Shape perOutputChannel(WeightedLayer layer) {
    Shape weight = layer.weight().shape();
    long[] sizes = new long[weight.dimension()];
    Arrays.fill(sizes, 1);
    sizes[layer.outputAxis()] = weight.get(layer.outputAxis());
    return new Shape(sizes);
  }

  /** Returns the axis along which a row of {@link #rows} lies, for sums and extremes of rows. */
  public static int[] columns() {
    return new int[] {1};
  }

  /**
   * Returns an operand as one row for each of its scales: per output channel, or one row.
   *
   * @param values of the operand's shape
   */
  public static NDArray rows(Operand operand, NDArray values) {
    Shape scales = operand.scaleShape();
    return channelsFirst(scales, values).reshape(scales.size(), -1);
  }

  /**
   * Returns every n-th column.
   *
   * @param most values that a row is left with, at most
   */
  public static NDArray thinned(NDArray rows, long most) {
    long every = (rows.getShape().get(1) + most - 1) / most;
    if (every == 1) {
      return rows;
    }
    return rows.get(new NDIndex(":,::{}", every));
  }

  private static NDArray channelsFirst(Shape scales, NDArray values) {
    for (int axis = 1; axis < scales.dimension(); axis++) {
      if (scales.get(axis) > 1) {
        return values.swapAxes(0, axis);
      }
    }
    return values;
  }
}

package org.distillgrid.kd.perceptual;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.Shape;
import org.distillgrid.kd.nn.Conv2d;
import org.distillgrid.kd.nn.ConvShape;
import org.distillgrid.kd.nn.InputRange;
import org.distillgrid.kd.nn.LayerFactory;
import org.distillgrid.kd.nn.Scratch;

/**
 * A 3×3 convolution of stride 2 over features with one row of zeros below and one column of them at
 * the right. Source: taming-transformers, which also names the layer. *Known*.
 */
final class Halving {
  private final Conv2d conv;

  /**
   * Makes the layer.
   *
   * @param layers makes it under its own prefix
   */
  Halving(LayerFactory layers, int width) {
    conv = layers.conv("conv", ConvShape.same(width, width, 3).strided(2, 0), InputRange.SIGNED);
  }

  NDArray forward(NDArray input) {
    return Scratch.run(input, features -> conv.forward(bordered(features)));
  }

  private static NDArray bordered(NDArray input) {
    Shape shape = input.getShape();
    Shape column = new Shape(shape.get(0), shape.get(1), shape.get(2), 1);
    NDArray wider = NDArrays.concat(new NDList(input, input.getManager().zeros(column)), 3);
    Shape row = new Shape(shape.get(0), shape.get(1), 1, shape.get(3) + 1);
    return NDArrays.concat(new NDList(wider, input.getManager().zeros(row)), 2);
  }
}

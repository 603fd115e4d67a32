package org.distillgrid.kd.nn;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Activation;
import org.distillgrid.kd.error.ErrorCode;
import org.distillgrid.kd.error.GridException;

/**
 * Enhanced spatial attention (ESA): features are weighted by a map in (0, 1) that is computed on a
 * coarse grid. Its smallest input has 15 pixels a side. Source: RFDN (Liu et al., 2020) in the form
 * of RLFN (Kong et al., 2022); layers are named as in its released code.
 */
public final class SpatialAttention {
  private static final int POOL_SIDE = 7;
  private static final int POOL_STRIDE = 3;
  private static final int SMALLEST = 15;

  private final Conv2d squeeze;
  private final Conv2d skip;
  private final Conv2d coarsen;
  private final Conv2d refine;
  private final Conv2d expand;

  /**
   * Makes the layers.
   *
   * @param layers makes them under its own prefix
   * @param width channels in and out
   * @param inner channels of the attention's own features
   */
  public SpatialAttention(LayerFactory layers, int width, int inner) {
    squeeze = layers.conv("conv1", width, inner, 1, InputRange.SIGNED);
    skip = layers.conv("conv_f", inner, inner, 1, InputRange.SIGNED);
    ConvShape strided = ConvShape.same(inner, inner, 3).strided(2, 0);
    coarsen = layers.conv("conv2", strided, InputRange.SIGNED);
    refine = layers.conv("conv3", inner, inner, 3, InputRange.SIGNED);
    expand = layers.conv("conv4", inner, width, 1, InputRange.SIGNED);
  }

  /**
   * Returns the weighted features, in the input's manager.
   *
   * @throws GridException if they are smaller than 15×15
   */
  public NDArray forward(NDArray input) {
    Shape shape = input.getShape();
    if (Math.min(shape.get(2), shape.get(3)) < SMALLEST) {
      throw GridException.of(
          ErrorCode.INPUT,
          "Cannot restore an image of %d×%d: spatial attention needs at least %d×%d pixels",
          shape.get(3),
          shape.get(2),
          SMALLEST,
          SMALLEST);
    }
    NDArray squeezed = squeeze.forward(input);
    NDArray coarse = MaxPool.of(coarsen.forward(squeezed), POOL_SIDE, POOL_STRIDE);
    NDArray map = BilinearResize.of(refine.forward(coarse), shape.get(2), shape.get(3));
    NDArray logits = expand.forward(map.add(skip.forward(squeezed)));
    return input.mul(Activation.sigmoid(logits));
  }
}

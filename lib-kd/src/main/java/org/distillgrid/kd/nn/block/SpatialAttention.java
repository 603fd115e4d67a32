package org.distillgrid.kd.nn.block;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Activation;
import java.util.ArrayList;
import java.util.List;
import org.distillgrid.kd.error.ErrorCode;
import org.distillgrid.kd.error.GridException;
import org.distillgrid.kd.nn.Conv2d;
import org.distillgrid.kd.nn.ConvShape;
import org.distillgrid.kd.nn.InputRange;
import org.distillgrid.kd.nn.LayerFactory;

/**
 * Enhanced spatial attention (ESA): features are weighted by a map in (0, 1) that is computed on a
 * coarse grid, by one 3×3 convolution in RLFN (Kong et al., 2022), by three with ReLU between them
 * in RFDN (Liu et al., 2020). Its smallest input has 15 pixels a side. Source: their released code,
 * which also names the layers. *Known*.
 */
public final class SpatialAttention {
  /** The least height and width of its input. */
  public static final int LEAST_SIDE = 15;

  private static final int POOL_SIDE = 7;
  private static final int POOL_STRIDE = 3;

  private final Conv2d squeeze;
  private final Conv2d skip;
  private final Conv2d coarsen;
  private final List<Conv2d> refining = new ArrayList<>();
  private final Conv2d expand;

  /**
   * Makes the layers.
   *
   * @param layers makes them under its own prefix
   * @param width channels in and out
   * @param inner channels of the attention's own features
   * @param refining names of the convolutions on the coarse grid
   */
  public SpatialAttention(LayerFactory layers, int width, int inner, List<String> refining) {
    squeeze = layers.conv("conv1", width, inner, 1, InputRange.SIGNED);
    skip = layers.conv("conv_f", inner, inner, 1, InputRange.SIGNED);
    ConvShape strided = ConvShape.same(inner, inner, 3).strided(2, 0);
    coarsen = layers.conv("conv2", strided, InputRange.SIGNED);
    InputRange range = InputRange.SIGNED;
    for (String name : refining) {
      this.refining.add(layers.conv(name, inner, inner, 3, range));
      range = InputRange.NON_NEGATIVE;
    }
    expand = layers.conv("conv4", inner, width, 1, InputRange.SIGNED);
  }

  /**
   * Returns the weighted features, in the input's manager.
   *
   * @throws GridException if they are smaller than 15×15
   */
  public NDArray forward(NDArray input) {
    Shape shape = input.getShape();
    if (Math.min(shape.get(2), shape.get(3)) < LEAST_SIDE) {
      throw GridException.of(
          ErrorCode.INPUT,
          "Cannot restore an image of %d×%d: spatial attention needs at least %d×%d pixels",
          shape.get(3),
          shape.get(2),
          LEAST_SIDE,
          LEAST_SIDE);
    }
    NDArray squeezed = squeeze.forward(input);
    NDArray coarse = MaxPool.of(coarsen.forward(squeezed), POOL_SIDE, POOL_STRIDE);
    NDArray map = BilinearResize.of(refined(coarse), shape.get(2), shape.get(3));
    NDArray logits = expand.forward(map.add(skip.forward(squeezed)));
    return input.mul(Activation.sigmoid(logits));
  }

  private NDArray refined(NDArray coarse) {
    NDArray features = refining.get(0).forward(coarse);
    for (Conv2d conv : refining.subList(1, refining.size())) {
      features = conv.forward(Activation.relu(features));
    }
    return features;
  }
}

package org.distillgrid.kd.nn.block;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Activation;
import org.distillgrid.kd.nn.Conv2d;
import org.distillgrid.kd.nn.InputRange;
import org.distillgrid.kd.nn.LayerFactory;
import org.distillgrid.kd.nn.Scaled;

/**
 * Contrast-aware channel attention (CCA): each channel is weighted by a factor in (0, 1) that is
 * computed from the sum of its mean and its standard deviation (that of the population) over the
 * pixels. Source: IMDN (Hui et al., 2019); layers are named as in its released code. *Known*.
 */
public final class ContrastAttention {
  private static final int[] PIXELS = {2};

  private final Conv2d squeeze;
  private final Conv2d expand;

  /**
   * Makes the layers as {@code conv_du.0} and {@code conv_du.2}.
   *
   * @param layers makes them under its own prefix
   * @param width channels in and out
   * @param inner channels between the two layers
   */
  public ContrastAttention(LayerFactory layers, int width, int inner) {
    LayerFactory sequence = layers.under("conv_du");
    squeeze = sequence.conv("0", width, inner, 1, InputRange.SIGNED);
    expand = sequence.conv("2", inner, width, 1, InputRange.NON_NEGATIVE);
  }

  /** Returns the weighted features, N×C×H×W, in the input's manager. */
  public NDArray forward(NDArray input) {
    Shape shape = input.getShape();
    long pixels = shape.get(2) * shape.get(3);
    NDArray rows = input.reshape(shape.get(0), shape.get(1), pixels);
    NDArray mean = rows.mean(PIXELS, true);
    // The norm of a channel without contrast has the gradient 0, where a square root's is NaN.
    NDArray norm = rows.sub(mean).norm(PIXELS, true);
    NDArray contrast = Scaled.by(1 / Math.sqrt((double) pixels), norm).add(mean);
    NDArray squeezed = squeeze.forward(contrast.reshape(shape.get(0), shape.get(1), 1, 1));
    return input.mul(Activation.sigmoid(expand.forward(Activation.relu(squeezed))));
  }
}

package org.distillgrid.kd.nn.block;

import ai.djl.ndarray.NDArray;
import ai.djl.nn.Activation;
import org.distillgrid.kd.nn.Conv2d;
import org.distillgrid.kd.nn.InputRange;
import org.distillgrid.kd.nn.LayerFactory;

/**
 * Channel attention: each channel is weighted by a number in (0, 1) that two 1×1 convolutions
 * compute from the means of all channels. Source: RCAN (Zhang et al., ECCV 2018), after
 * squeeze-and-excitation; layers are named as in BasicSR, whose sequence starts with the mean.
 */
public final class ChannelAttention {
  private final Conv2d squeeze;
  private final Conv2d expand;

  /**
   * Makes the convolutions as {@code 1} and {@code 3}.
   *
   * @param layers makes them under its own prefix
   * @param width channels in and out
   * @param inner channels between the two convolutions
   */
  public ChannelAttention(LayerFactory layers, int width, int inner) {
    squeeze = layers.conv("1", width, inner, 1, InputRange.SIGNED);
    expand = layers.conv("3", inner, width, 1, InputRange.NON_NEGATIVE);
  }

  /** Returns the weighted features, N×C×H×W, in the input's manager. */
  public NDArray forward(NDArray input) {
    NDArray inner = Activation.relu(squeeze.forward(AveragePool.whole(input)));
    return input.mul(Activation.sigmoid(expand.forward(inner)));
  }
}

package org.distillgrid.kd.perceptual.lpips;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Activation;
import ai.djl.nn.pooling.Pool;
import org.distillgrid.kd.nn.Conv2d;
import org.distillgrid.kd.nn.ConvShape;
import org.distillgrid.kd.nn.InputRange;
import org.distillgrid.kd.nn.LayerFactory;

/** One layer of a backbone, with the activation behind it. */
@FunctionalInterface
interface FeatureLayer {
  /** Returns what it computes, in the input's manager. */
  NDArray forward(NDArray input);

  /** Whether a window that sticks out at the end counts. */
  enum Ends {
    /** It does not. */
    WHOLE_WINDOWS,
    /** It does, over the pixels that there are. */
    CUT_WINDOWS
  }

  /** Returns a convolution and a ReLU. */
  static FeatureLayer conv(LayerFactory layers, String name, ConvShape shape) {
    Conv2d conv = layers.conv(name, shape, InputRange.SIGNED);
    return input -> Activation.relu(conv.forward(input));
  }

  /** Returns a maximum over square windows, two pixels from one to the next. */
  static FeatureLayer pool(int side, Ends ends) {
    Shape window = new Shape(side, side);
    Shape stride = new Shape(2, 2);
    Shape padding = new Shape(0, 0);
    boolean roundedUp = ends == Ends.CUT_WINDOWS;
    return input -> Pool.maxPool2d(input, window, stride, padding, roundedUp);
  }

  /**
   * Returns a fire module of SqueezeNet: channels are squeezed, then expanded by 1×1 and by 3×3
   * convolutions side by side.
   *
   * @param in channels that come in
   * @param squeezed channels between
   * @param expanded channels that each of the two sides gives
   */
  static FeatureLayer fire(LayerFactory layers, String name, int in, int squeezed, int expanded) {
    LayerFactory module = layers.under(name);
    FeatureLayer squeeze = conv(module, "squeeze", ConvShape.same(in, squeezed, 1));
    FeatureLayer small = conv(module, "expand1x1", ConvShape.same(squeezed, expanded, 1));
    FeatureLayer large = conv(module, "expand3x3", ConvShape.same(squeezed, expanded, 3));
    return input -> {
      NDArray inner = squeeze.forward(input);
      return small.forward(inner).concat(large.forward(inner), 1);
    };
  }
}

package org.distillgrid.kd.nn.block;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.jni.JniUtils;
import org.distillgrid.kd.nn.RecordedTensor;

/** Average pooling to a given size: PyTorch's {@code adaptive_avg_pool2d}. */
public final class AveragePool {
  private AveragePool() {}

  /** Returns the means of features over a grid of areas, in the input's manager. */
  public static NDArray to(NDArray input, long height, long width) {
    return JniUtils.adaptiveAvgPool((PtNDArray) input, new Shape(height, width));
  }

  /** Returns the mean over the pixels of each channel, N×C×1×1, in the input's manager. */
  public static NDArray whole(NDArray input) {
    if (input instanceof RecordedTensor recorded) {
      return recorded.pixelMean();
    }
    return to(input, 1, 1);
  }
}

package org.distillgrid.kd.nn;

import ai.djl.ndarray.NDArray;

/**
 * An array that writes down what is done to it, so that a network can be exported. Blocks that are
 * more than operations of arrays, or less than PyTorch's own, tell it what they are.
 */
public interface RecordedTensor {
  /** What stands around an image. */
  enum Border {
    /** The image reflected; its outermost pixels are not repeated. */
    REFLECTION,
    /** Zeros. */
    ZEROS
  }

  /** Returns the array, N×C×H×W, normalised by running statistics, one number a channel each. */
  NDArray normalized(
      NDArray mean, NDArray variance, NDArray factor, NDArray constant, float epsilon);

  /** Returns the mean over the pixels of each channel, N×C×1×1. */
  NDArray pixelMean();

  /** Returns MATLAB's bicubic enlargement. */
  NDArray bicubic(int factor);

  /**
   * Returns PyTorch's transposed convolution, with an output padding of stride − 1.
   *
   * @param weight in×out×k×k
   * @param bias one number for each output channel, or null
   */
  NDArray deconvolution(NDArray weight, NDArray bias, int stride, int padding);

  /** Returns the array enlarged at the bottom and at the right to the next multiples. */
  NDArray padded(long multiple, Border border);
}

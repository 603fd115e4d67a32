package org.distillgrid.kd.nn.block;

import ai.djl.ndarray.NDArray;

/**
 * Bilinear interpolation between pixel centres: PyTorch's with {@code align_corners=False}. An axis
 * that shrinks is smoothed over the pixels that it joins, as with {@code antialias=True}.
 */
public final class BilinearResize {
  // DJL's number for it; DJL always aligns pixel centres, whatever the last argument.
  private static final int BILINEAR = 1;

  private BilinearResize() {}

  /** Returns the features at another height and width, in the input's manager. */
  public static NDArray of(NDArray input, long height, long width) {
    return input.getNDArrayInternal().interpolation(new long[] {height, width}, BILINEAR, false);
  }
}

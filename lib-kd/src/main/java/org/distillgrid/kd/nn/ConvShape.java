package org.distillgrid.kd.nn;

import ai.djl.ndarray.types.Shape;

/**
 * The sizes of a 2-D convolution.
 *
 * @param in input channels
 * @param out output channels
 * @param kernel side of the square kernel
 * @param stride pixels from one output to the next
 * @param padding zero pixels added at each border
 * @param groups groups of channels that do not see each other
 * @param bias whether a constant is added to each output channel
 */
public record ConvShape(
    int in, int out, int kernel, int stride, int padding, int groups, Bias bias) {
  /** Whether there is a constant per output channel. */
  public enum Bias {
    /** There is one. */
    PRESENT,
    /** There is none. */
    ABSENT
  }

  /** Returns a convolution whose output is as large as its input. */
  public static ConvShape same(int in, int out, int kernel) {
    return new ConvShape(in, out, kernel, 1, kernel / 2, 1, Bias.PRESENT);
  }

  /** Returns a copy with another stride and padding. */
  public ConvShape strided(int newStride, int newPadding) {
    return new ConvShape(in, out, kernel, newStride, newPadding, groups, bias);
  }

  /** Returns a copy with channels in groups. */
  public ConvShape grouped(int newGroups) {
    return new ConvShape(in, out, kernel, stride, padding, newGroups, bias);
  }

  /** Returns a copy without a bias. */
  public ConvShape withoutBias() {
    return new ConvShape(in, out, kernel, stride, padding, groups, Bias.ABSENT);
  }

  /** Returns the shape of the weight: out × in/groups × kernel × kernel. */
  Shape weightShape() {
    return new Shape(out, in / groups, kernel, kernel);
  }

  /** Returns the output's length along an axis of the given length. */
  public long outputLength(long length) {
    return (length + 2L * padding - kernel) / stride + 1;
  }
}

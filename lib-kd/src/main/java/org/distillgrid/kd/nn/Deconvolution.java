package org.distillgrid.kd.nn;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.ndarray.types.Shape;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.jni.JniUtils;
import java.util.Optional;

/**
 * A transposed convolution that enlarges N×C×H×W by its stride: PyTorch's {@code ConvTranspose2d}
 * with an odd kernel k, padding (k − 1)/2 and output padding stride − 1. Its weight lies as there,
 * in×out×k×k.
 *
 * <p>DJL's PyTorch engine has none, so it is computed in its sub-pixel form: the taps that meet one
 * phase of the output are a small convolution of their own, and a pixel shuffle puts the phases
 * together. Zeros fill up where phases meet fewer taps than others; {@link #macs} leaves them out.
 */
public final class Deconvolution implements WeightedLayer {
  private static final Shape ONE = new Shape(1, 1);

  private final String name;
  private final LayerRole role;
  private final InputRange inputRange;
  private final ConvShape transposed;
  private final Parameter weight;
  private final Parameter bias;
  private OperandTransform transform;

  Deconvolution(
      String name,
      LayerRole role,
      InputRange inputRange,
      ConvShape transposed,
      Parameter weight,
      Parameter bias) {
    this.name = name;
    this.role = role;
    this.inputRange = inputRange;
    this.transposed = transposed;
    this.weight = weight;
    this.bias = bias;
  }

  /** Returns the enlarged features, in the input's manager. */
  public NDArray forward(NDArray input) {
    NDManager manager = input.getManager();
    NDArray left = input;
    NDArray right = weight.in(manager);
    if (transform != null) {
      left = transform.input(input);
      right = transform.weight(right);
    }
    if (left instanceof RecordedTensor recorded) {
      NDArray constant = null;
      if (bias != null) {
        constant = bias.array();
      }
      return recorded.deconvolution(right, constant, stride(), transposed.padding());
    }
    int before = transposed.padding() / stride();
    int behind = (transposed.padding() + stride() - 1) / stride();
    NDArray phases =
        ai.djl.nn.convolutional.Conv2d.conv2d(
                left, phaseWeights(right), null, ONE, new Shape(behind, behind), ONE, 1)
            .singletonOrThrow();
    if (behind > before) {
      // Both ends were padded alike, but the first window begins one place later.
      phases = phases.get(new NDIndex(":,:,1:,1:"));
    }
    NDArray output = PixelShuffle.of(phases, stride());
    if (bias == null) {
      return output;
    }
    return output.add(bias.in(manager).reshape(1, transposed.out(), 1, 1));
  }

  // Output place q·s + r sums w[r + p − j·s] over the inputs q + j. With zeros around the kernel,
  // its taps become a grid of windows by phases; windows run against the taps.
  private NDArray phaseWeights(NDArray kernel) {
    int before = transposed.padding() / stride();
    int behind = (transposed.padding() + stride() - 1) / stride();
    int windows = before + behind + 1;
    long zerosBefore = (long) behind * stride() - transposed.padding();
    long zerosBehind = (long) windows * stride() - zerosBefore - transposed.kernel();
    long[] zeros = {zerosBefore, zerosBehind, zerosBefore, zerosBehind};
    int in = transposed.in();
    int out = transposed.out();
    return JniUtils.pad((PtNDArray) kernel, zeros, 0)
        .reshape(in, out, windows, stride(), windows, stride())
        .flip(2, 4)
        .transpose(1, 3, 5, 0, 2, 4)
        .reshape((long) out * stride() * stride(), in, windows, windows);
  }

  private int stride() {
    return transposed.stride();
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public LayerRole role() {
    return role;
  }

  @Override
  public InputRange inputRange() {
    return inputRange;
  }

  @Override
  public Parameter weight() {
    return weight;
  }

  @Override
  public int outputAxis() {
    return 1;
  }

  @Override
  public Optional<Parameter> bias() {
    return Optional.ofNullable(bias);
  }

  @Override
  public String kernel() {
    int side = transposed.kernel();
    return String.format(
        "%d×%d %d→%d ↑%d", side, side, transposed.in(), transposed.out(), stride());
  }

  @Override
  public Shape outputShape(Shape left, Shape right) {
    return new Shape(left.get(0), transposed.out(), left.get(2) * stride(), left.get(3) * stride());
  }

  /** Every input value meets every tap of every output channel once, borders included. */
  @Override
  public long macs(Shape left, Shape right) {
    return left.size() * transposed.out() * transposed.kernel() * transposed.kernel();
  }

  @Override
  public void attach(OperandTransform newTransform) {
    this.transform = newTransform;
  }
}

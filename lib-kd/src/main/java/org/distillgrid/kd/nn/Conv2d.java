package org.distillgrid.kd.nn;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import java.util.Optional;

/** A 2-D convolution over N×C×H×W. */
public final class Conv2d implements WeightedLayer {
  private final String name;
  private final LayerRole role;
  private final InputRange inputRange;
  private final ConvShape shape;
  private final Parameter weight;
  private final Parameter bias;
  private final Shape stride;
  private final Shape padding;
  private OperandTransform transform;

  Conv2d(
      String name,
      LayerRole role,
      InputRange inputRange,
      ConvShape shape,
      Parameter weight,
      Parameter bias) {
    this.name = name;
    this.role = role;
    this.inputRange = inputRange;
    this.shape = shape;
    this.weight = weight;
    this.bias = bias;
    this.stride = new Shape(shape.stride(), shape.stride());
    this.padding = new Shape(shape.padding(), shape.padding());
  }

  /** Returns the convolution of an input, in the input's manager. */
  public NDArray forward(NDArray input) {
    NDArray left = input;
    NDArray right = weight.array();
    if (transform != null) {
      left = transform.input(input);
      right = transform.weight(weight.in(input.getManager()));
    }
    NDArray constant = null;
    if (bias != null) {
      constant = bias.array();
    }
    return ai.djl.nn.convolutional.Conv2d.conv2d(
            left, right, constant, stride, padding, new Shape(1, 1), shape.groups())
        .singletonOrThrow();
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
  public Optional<Parameter> bias() {
    return Optional.ofNullable(bias);
  }

  @Override
  public String kernel() {
    int in = shape.in() / shape.groups();
    return String.format("%d×%d %d→%d", shape.kernel(), shape.kernel(), in, shape.out());
  }

  @Override
  public Shape outputShape(Shape left, Shape right) {
    return new Shape(
        left.get(0), shape.out(), shape.outputLength(left.get(2)), shape.outputLength(left.get(3)));
  }

  @Override
  public long macs(Shape left, Shape right) {
    long products = (long) shape.in() / shape.groups() * shape.kernel() * shape.kernel();
    return outputShape(left, right).size() * products;
  }

  @Override
  public void attach(OperandTransform newTransform) {
    this.transform = newTransform;
  }
}

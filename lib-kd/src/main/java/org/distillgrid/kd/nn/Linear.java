package org.distillgrid.kd.nn;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import java.util.Optional;

/** A linear layer over the last axis of its input. */
public final class Linear implements WeightedLayer {
  private final String name;
  private final LayerRole role;
  private final InputRange inputRange;
  private final Parameter weight;
  private final Parameter bias;
  private OperandTransform transform;

  Linear(String name, LayerRole role, InputRange inputRange, Parameter weight, Parameter bias) {
    this.name = name;
    this.role = role;
    this.inputRange = inputRange;
    this.weight = weight;
    this.bias = bias;
  }

  /** Returns {@code input · weightᵀ + bias}, in the input's manager. */
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
    return ai.djl.nn.core.Linear.linear(left, right, constant).singletonOrThrow();
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
  public String kernel() {
    return weight.shape().get(1) + "→" + weight.shape().get(0);
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
  public Shape outputShape(Shape left, Shape right) {
    long[] sizes = left.getShape().clone();
    sizes[sizes.length - 1] = right.get(0);
    return new Shape(sizes);
  }

  @Override
  public long macs(Shape left, Shape right) {
    return left.size() * right.get(0);
  }

  @Override
  public void attach(OperandTransform newTransform) {
    this.transform = newTransform;
  }
}

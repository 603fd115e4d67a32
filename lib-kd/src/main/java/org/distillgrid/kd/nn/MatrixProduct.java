package org.distillgrid.kd.nn;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;

/** A product of two activations, as attention takes: …×n×k times …×k×m. */
public final class MatrixProduct implements Multiplication {
  private final String name;
  private final LayerRole role;
  private final InputRange leftRange;
  private OperandTransform transform;

  MatrixProduct(String name, LayerRole role, InputRange leftRange) {
    this.name = name;
    this.role = role;
    this.leftRange = leftRange;
  }

  /** Returns the product over the last two axes, in the left operand's manager. */
  public NDArray of(NDArray left, NDArray right) {
    if (transform == null) {
      return left.matMul(right);
    }
    return transform.input(left).matMul(transform.weight(right));
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
    return "product";
  }

  /** Returns what the left operand can be; the right one can have any sign. */
  public InputRange leftRange() {
    return leftRange;
  }

  @Override
  public Shape outputShape(Shape left, Shape right) {
    long[] sizes = left.getShape().clone();
    sizes[sizes.length - 1] = right.get(right.dimension() - 1);
    return new Shape(sizes);
  }

  @Override
  public long macs(Shape left, Shape right) {
    return left.size() * right.get(right.dimension() - 1);
  }

  @Override
  public void attach(OperandTransform newTransform) {
    this.transform = newTransform;
  }
}

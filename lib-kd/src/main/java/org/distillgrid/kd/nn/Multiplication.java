package org.distillgrid.kd.nn;

import ai.djl.ndarray.types.Shape;

/** What multiplies two operands, and that a quantiser can be put into. */
public interface Multiplication {
  /** Returns its full name. */
  String name();

  /** Returns where it stands. */
  LayerRole role();

  /** Returns its sizes in short, for instance {@code 3×3 64→64}. */
  String kernel();

  /** Returns the output's shape for those of the operands. */
  Shape outputShape(Shape left, Shape right);

  /** Returns how many multiplications with an addition operands of those shapes take. */
  long macs(Shape left, Shape right);

  /** Puts something between the operands and their product; null takes it out. */
  void attach(OperandTransform transform);
}

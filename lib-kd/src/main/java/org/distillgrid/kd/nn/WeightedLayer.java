package org.distillgrid.kd.nn;

import ai.djl.ndarray.types.Shape;
import java.util.Optional;

/** A layer that multiplies its input with a weight, and that a quantiser can be put into. */
public interface WeightedLayer {
  /** Returns its full name. */
  String name();

  /** Returns where it stands. */
  LayerRole role();

  /** Returns what its input can be. */
  InputRange inputRange();

  /** Returns its weight; the first axis is the output channel. */
  Parameter weight();

  /** Returns its bias, if it has one. */
  Optional<Parameter> bias();

  /** Returns the output's shape for an input's. */
  Shape outputShape(Shape input);

  /** Returns how many multiplications and additions one output of that shape takes. */
  long macs(Shape output);

  /** Puts something between its operands and its product. */
  void attach(OperandTransform transform);
}

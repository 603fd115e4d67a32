package org.distillgrid.kd.nn;

import java.util.Optional;

/** A layer that multiplies its input (the left operand) with a weight (the right one). */
public interface WeightedLayer extends Multiplication {
  /** Returns what its input can be. */
  InputRange inputRange();

  /** Returns its weight; the first axis is the output channel. */
  Parameter weight();

  /** Returns its bias, if it has one. */
  Optional<Parameter> bias();
}

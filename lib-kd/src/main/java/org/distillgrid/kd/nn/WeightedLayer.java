package org.distillgrid.kd.nn;

import java.util.Optional;

/** A layer that multiplies its input (the left operand) with a weight (the right one). */
public interface WeightedLayer extends Multiplication {
  /** Returns what its input can be. */
  InputRange inputRange();

  /** Returns its weight in the layout of the authors' checkpoints. */
  Parameter weight();

  /**
   * Returns the axis of the weight that is the output channel: the first one, but in few layers.
   */
  default int outputAxis() {
    return 0;
  }

  /** Returns its bias, if it has one. */
  Optional<Parameter> bias();
}

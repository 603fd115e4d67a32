package org.distillgrid.kd.task;

import org.apache.commons.rng.UniformRandomProvider;
import org.distillgrid.kd.image.PlanarImage;
import org.distillgrid.kd.image.UnitRange;

/** A task whose stored input is what networks see, the same at every look: nothing is drawn. */
interface StoredInput extends Task {
  @Override
  default float[] input(PlanarImage stored, UniformRandomProvider draws) {
    return UnitRange.of(stored);
  }

  @Override
  default boolean inputIsFixed() {
    return true;
  }
}

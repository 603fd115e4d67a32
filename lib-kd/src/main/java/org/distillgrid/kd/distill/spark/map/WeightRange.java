package org.distillgrid.kd.distill.spark.map;

import ai.djl.ndarray.NDArray;
import org.distillgrid.kd.nn.Scaled;
import org.distillgrid.kd.nn.Shifted;

/**
 * The weights that a cell can have before they are normalised: {@code low + span·u}, u in [0, 1].
 *
 * @param low the least weight
 * @param span the greatest weight less the least
 */
public record WeightRange(double low, double span) {

  /** Returns the weights of numbers in [0, 1]. */
  public NDArray of(NDArray unit) {
    return Shifted.by(low, Scaled.by(span, unit));
  }
}

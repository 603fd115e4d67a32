package org.distillgrid.kd.distill;

import ai.djl.ndarray.NDArray;
import java.util.List;
import java.util.function.UnaryOperator;
import org.distillgrid.kd.nn.Scaled;

/**
 * A term that is a mean over pixels: {@code weight · Σ_k mean(map_k)}, under weights in space
 * {@code weight · Σ_k mean(W · map_k)}.
 *
 * @param weight its factor
 * @param maps N×C×H×W each, one at least
 */
record PixelTerm(double weight, List<NDArray> maps) {
  PixelTerm {
    maps = List.copyOf(maps);
  }

  /** Returns its value where all pixels count alike, a scalar. */
  NDArray value() {
    return value(UnaryOperator.identity());
  }

  /**
   * Returns its value under weights, a scalar.
   *
   * @param weights N×1×H×W
   */
  NDArray value(NDArray weights) {
    return value(map -> map.mul(weights));
  }

  private NDArray value(UnaryOperator<NDArray> weighting) {
    NDArray sum =
        maps.stream()
            .map(map -> weighting.apply(map).mean())
            .reduce(NDArray::add)
            .orElseThrow(() -> new IllegalStateException("A term on pixels needs a map"));
    if (weight == 1) {
      return sum;
    }
    return Scaled.by(weight, sum);
  }
}

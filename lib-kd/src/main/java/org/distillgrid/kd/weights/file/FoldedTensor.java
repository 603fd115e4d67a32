package org.distillgrid.kd.weights.file;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.distillgrid.kd.weights.HostTensor;

/**
 * A tensor of a network by the whole names of what is stored of it: itself, or under weight norm
 * its direction and its magnitudes.
 *
 * @param shaping the stored tensor that has its shape
 * @param magnitude the magnitudes, if it is under weight norm
 */
record FoldedTensor(String shaping, Optional<String> magnitude) {
  /** Returns a tensor that is stored as it is. */
  static FoldedTensor plain(String name) {
    return new FoldedTensor(name, Optional.empty());
  }

  List<String> stored() {
    return magnitude.map(name -> List.of(shaping, name)).orElse(List.of(shaping));
  }

  HostTensor of(Map<String, HostTensor> stored) {
    HostTensor direction = stored.get(shaping);
    return magnitude.map(name -> WeightNorm.folded(stored.get(name), direction)).orElse(direction);
  }
}

package org.distillgrid.kd.weights.file;

import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.distillgrid.kd.weights.CheckpointListing;
import org.distillgrid.kd.weights.HostTensor;

/**
 * Weight normalisation (Salimans and Kingma, NeurIPS 2016): a weight is stored as magnitudes g and
 * a direction v, w = g·v/‖v‖. PyTorch's {@code weight_norm} calls the two {@code weight_g} and
 * {@code weight_v}, its {@code parametrizations.weight_norm} {@code original0} and {@code
 * original1}. The norm runs over every axis along which g has one value; by default all but the
 * first.
 */
final class WeightNorm {
  private static final String MAGNITUDE = "_g";
  private static final String DIRECTION = "_v";
  private static final String PARAMETRIZATIONS = "parametrizations.";
  private static final String FIRST = ".original0";
  private static final String SECOND = ".original1";

  private WeightNorm() {}

  /**
   * Returns tensors by name where pairs of magnitude and direction stand under the weight's.
   *
   * @param stored whole names by name
   * @param listing what is known of each whole name
   */
  static SortedMap<String, FoldedTensor> pairs(
      Map<String, String> stored, Map<String, CheckpointListing.Tensor> listing) {
    SortedMap<String, FoldedTensor> tensors = new TreeMap<>();
    stored.forEach((name, whole) -> tensors.put(name, FoldedTensor.plain(whole)));
    stored.forEach(
        (name, whole) ->
            magnitude(name)
                .filter(stored::containsKey)
                .filter(
                    magnitude ->
                        fits(
                            listing.get(stored.get(magnitude)).shape(), listing.get(whole).shape()))
                .ifPresent(
                    magnitude -> {
                      tensors.remove(name);
                      tensors.remove(magnitude);
                      tensors.put(
                          weight(name),
                          new FoldedTensor(whole, Optional.of(stored.get(magnitude))));
                    }));
    return tensors;
  }

  private static Optional<String> magnitude(String direction) {
    if (direction.endsWith(SECOND) && direction.contains(PARAMETRIZATIONS)) {
      return Optional.of(cut(direction, SECOND) + FIRST);
    }
    if (direction.endsWith(DIRECTION)) {
      return Optional.of(cut(direction, DIRECTION) + MAGNITUDE);
    }
    return Optional.empty();
  }

  private static String weight(String direction) {
    if (direction.endsWith(SECOND)) {
      String name = cut(direction, SECOND);
      int start = name.lastIndexOf(PARAMETRIZATIONS);
      return name.substring(0, start) + name.substring(start + PARAMETRIZATIONS.length());
    }
    return cut(direction, DIRECTION);
  }

  private static String cut(String name, String end) {
    return name.substring(0, name.length() - end.length());
  }

  private static boolean fits(long[] magnitude, long[] direction) {
    if (magnitude.length == 0) {
      return true;
    }
    if (magnitude.length != direction.length) {
      return false;
    }
    for (int axis = 0; axis < magnitude.length; axis++) {
      if (magnitude[axis] != 1 && magnitude[axis] != direction[axis]) {
        return false;
      }
    }
    return true;
  }

  /** Returns w = g·v/‖v‖, computed in 64 bits. */
  static HostTensor folded(HostTensor magnitude, HostTensor direction) {
    int[] group = groups(magnitude.shape(), direction.shape(), direction.values().length);
    double[] squares = new double[magnitude.values().length];
    for (int i = 0; i < group.length; i++) {
      double value = direction.values()[i];
      squares[group[i]] += value * value;
    }
    float[] weights = new float[group.length];
    for (int i = 0; i < weights.length; i++) {
      double factor = magnitude.values()[group[i]] / Math.sqrt(squares[group[i]]);
      weights[i] = (float) (direction.values()[i] * factor);
    }
    return new HostTensor(direction.shape(), weights);
  }

  // Which magnitude goes with each value of the direction, both row-major.
  private static int[] groups(long[] magnitude, long[] direction, int length) {
    int[] group = new int[length];
    for (int i = 0; i < length; i++) {
      long rest = i;
      long step = 1;
      for (int axis = magnitude.length - 1; axis >= 0; axis--) {
        if (magnitude[axis] != 1) {
          group[i] += (int) (rest % direction[axis] * step);
        }
        step *= magnitude[axis];
        rest /= direction[axis];
      }
    }
    return group;
  }
}

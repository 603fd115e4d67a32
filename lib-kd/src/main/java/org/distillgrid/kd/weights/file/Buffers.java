package org.distillgrid.kd.weights.file;

import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** Tensors of a state dict that are no weights: counters, and what a network computes by itself. */
public final class Buffers {
  // thop's, PyTorch's batch normalisation's and averaged model's, and the Swin transformer's.
  private static final Set<String> NAMES =
      Set.of(
          "total_ops",
          "total_params",
          "num_batches_tracked",
          "n_averaged",
          "attn_mask",
          "relative_position_index",
          "relative_position_index_SA",
          "relative_position_index_OCA");

  // What averaging and training programs keep beside a network.
  private static final Set<String> COUNTERS =
      Set.of(
          "n_averaged",
          "initted",
          "step",
          "step_counter",
          "global_step",
          "epoch",
          "iter",
          "iteration",
          "decay",
          "num_updates");

  private Buffers() {}

  /** Returns whether a tensor of that name is one. */
  static boolean isOne(String name) {
    return NAMES.contains(last(name));
  }

  /** Returns the entries without theirs. */
  public static <T> Map<String, T> without(Map<String, T> byName) {
    Map<String, T> left = new TreeMap<>(byName);
    left.keySet().removeIf(Buffers::isOne);
    return left;
  }

  /** Returns whether a tensor that stands beside a network is a counter. */
  static boolean isCounter(String name) {
    return COUNTERS.contains(name) || isOne(name);
  }

  static String last(String name) {
    return name.substring(name.lastIndexOf('.') + 1);
  }
}

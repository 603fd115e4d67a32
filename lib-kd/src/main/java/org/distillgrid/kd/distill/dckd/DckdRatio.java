package org.distillgrid.kd.distill.dckd;

import ai.djl.ndarray.NDArray;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.distillgrid.kd.nn.Scaled;
import org.distillgrid.kd.nn.Scratch;
import org.distillgrid.kd.nn.Shifted;

/**
 * How near the student is to the teacher, measured by how far it is from its negatives: {@code Σ_i
 * λ_i · |f_i(S) − f_i(T)| / (Σ_j |f_i(S) − f_i(Neg_j)| + ε)}, each magnitude the mean over the
 * batch. Levels without weight are left out. Source: known, formula and means as in DCKD's paper
 * and released code.
 *
 * @param weights λ of each level, finest first
 * @param epsilon added to a level's distance from the negatives
 */
record DckdRatio(List<Double> weights, double epsilon) {
  DckdRatio {
    weights = List.copyOf(weights);
  }

  /** Returns whether no level has a weight. */
  boolean isEmpty() {
    return levels().isEmpty();
  }

  /** Returns the numbers of the levels that have a weight, counted from 1. */
  List<Integer> levels() {
    return IntStream.rangeClosed(1, weights.size())
        .filter(level -> weights.get(level - 1) > 0)
        .boxed()
        .toList();
  }

  /**
   * Returns the mean absolute differences of the levels that have a weight, in the manager of the
   * first features.
   *
   * @param features of each level, N×C_i×H_i×W_i
   * @param others of the same sizes
   */
  List<NDArray> distances(List<NDArray> features, List<NDArray> others) {
    return levels().stream()
        .map(level -> distance(features.get(level - 1), others.get(level - 1)))
        .toList();
  }

  // The finest features are the largest tensors of a step; what the tape does not need goes at
  // once.
  private static NDArray distance(NDArray features, NDArray others) {
    return Scratch.run(features, alias -> alias.sub(others).abs().mean());
  }

  /**
   * Returns the ratio of each level that has a weight, without it.
   *
   * @param near distances from the teacher
   * @param far sums of the distances from the negatives
   */
  List<NDArray> ratios(List<NDArray> near, List<NDArray> far) {
    List<NDArray> ratios = new ArrayList<>();
    for (int i = 0; i < near.size(); i++) {
      ratios.add(near.get(i).div(Shifted.by(epsilon, far.get(i))));
    }
    return ratios;
  }

  /** Returns the weighted sum of {@link #ratios}. */
  NDArray weighted(List<NDArray> ratios) {
    List<Integer> levels = levels();
    return IntStream.range(0, levels.size())
        .mapToObj(i -> Scaled.by(weights.get(levels.get(i) - 1), ratios.get(i)))
        .reduce(NDArray::add)
        .orElseThrow();
  }
}

package org.distillgrid.kd.distill.feature;

import ai.djl.ndarray.NDArray;
import java.util.List;
import org.distillgrid.kd.distill.LossTerms;
import org.distillgrid.kd.nn.Scaled;

/**
 * A term of a loss that compares features: {@code weight · Σ_k loss(F_S^k, F_T^k)}.
 *
 * @param name the term's name, as its method declares it
 * @param weight its factor
 * @param loss what one point adds
 */
public record FeatureTerm(String name, double weight, PointLoss loss) {
  /** The loss of one point. */
  @FunctionalInterface
  public interface PointLoss {
    /**
     * Returns what a point adds: a scalar in the manager of the student's features.
     *
     * @param point counted from 0, the last one is the end of the trunk
     * @param pair the features there
     */
    NDArray of(int point, FeaturePair pair);
  }

  /** Returns these terms and this one more. */
  LossTerms addTo(LossTerms terms, List<FeaturePair> pairs) {
    NDArray sum = loss.of(0, pairs.get(0));
    for (int k = 1; k < pairs.size(); k++) {
      sum = sum.add(loss.of(k, pairs.get(k)));
    }
    return terms.and(name, Scaled.by(weight, sum));
  }
}

package org.distillgrid.kd.distill.feature;

import java.util.List;
import org.distillgrid.kd.distill.Distiller;
import org.distillgrid.kd.distill.LossTerms;
import org.distillgrid.kd.distill.StepTensors;
import org.distillgrid.kd.nn.ParameterSet;

/**
 * A method at work that adds terms on features to L1(S, Y): {@code L = L1(S, Y) + Σ_i term_i}. A
 * method of one's own is a {@link org.distillgrid.kd.distill.TermMethod} that returns one of these.
 *
 * @param points where the features are taken
 * @param terms what is added
 * @param trainedWithStudent its own parameters, which descend the same loss as the student's
 */
public record FeatureDistiller(
    TapPoints points, List<FeatureTerm> terms, List<ParameterSet> trainedWithStudent)
    implements Distiller {
  public FeatureDistiller {
    terms = List.copyOf(terms);
    trainedWithStudent = List.copyOf(trainedWithStudent);
  }

  /** Returns a method without parameters of its own. */
  public static FeatureDistiller of(TapPoints points, FeatureTerm... terms) {
    return new FeatureDistiller(points, List.of(terms), List.of());
  }

  @Override
  public LossTerms loss(StepTensors tensors) {
    LossTerms sum = LossTerms.of("pixel", tensors.pixelLoss());
    List<FeaturePair> pairs = points.pairs(tensors);
    for (FeatureTerm term : terms) {
      sum = term.addTo(sum, pairs);
    }
    return sum;
  }
}

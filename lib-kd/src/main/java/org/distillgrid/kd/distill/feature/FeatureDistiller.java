package org.distillgrid.kd.distill.feature;

import java.util.List;
import org.distillgrid.kd.distill.Distiller;
import org.distillgrid.kd.distill.LossTerms;
import org.distillgrid.kd.distill.StepTensors;
import org.distillgrid.kd.nn.ParameterSet;

/**
 * A method that adds terms on features to L1(S, Y).
 *
 * @param points where the features are taken
 * @param terms what is added
 * @param trainedWithStudent its own parameters
 */
record FeatureDistiller(
    TapPoints points, List<FeatureTerm> terms, List<ParameterSet> trainedWithStudent)
    implements Distiller {
  /** Takes unmodifiable copies. */
  FeatureDistiller {
    terms = List.copyOf(terms);
    trainedWithStudent = List.copyOf(trainedWithStudent);
  }

  @Override
  public TeacherUse teacherUse() {
    return TeacherUse.PASS;
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

package org.distillgrid.kd.distill.feature;

import ai.djl.ndarray.NDArray;

/**
 * What student and teacher compute at one relative depth, in one height and width, the student's.
 *
 * @param student on the gradient tape, N×C×H×W
 * @param teacher off the tape, N×C'×H×W
 */
public record FeaturePair(NDArray student, NDArray teacher) {
  /** Returns a pair of one height and width, the student's; see {@link FeatureSize}. */
  static FeaturePair of(NDArray student, NDArray teacher) {
    NDArray resized = FeatureSize.like(student, teacher);
    if (!resized.getShape().equals(teacher.getShape())) {
      // The teacher's pass outlives this student's step.
      resized.attach(student.getManager());
    }
    return new FeaturePair(student, resized);
  }
}

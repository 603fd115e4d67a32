package org.distillgrid.kd.distill;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import org.distillgrid.kd.nn.AveragePool;
import org.distillgrid.kd.nn.BilinearResize;

/**
 * What student and teacher compute at one relative depth.
 *
 * @param student on the gradient tape, N×C×H×W
 * @param teacher off the tape, N×C'×H×W
 */
record FeaturePair(NDArray student, NDArray teacher) {
  /**
   * Returns a pair of one height and width, the student's. A teacher's map that is larger both ways
   * is averaged over areas, any other one interpolated bilinearly, smoothed along an axis that
   * shrinks. Source: reconstructed; the papers pair maps of one size.
   */
  static FeaturePair of(NDArray student, NDArray teacher) {
    Shape wanted = student.getShape();
    Shape found = teacher.getShape();
    long height = wanted.get(2);
    long width = wanted.get(3);
    if (found.get(2) == height && found.get(3) == width) {
      return new FeaturePair(student, teacher);
    }
    NDArray resized;
    if (found.get(2) >= height && found.get(3) >= width) {
      resized = AveragePool.to(teacher, height, width);
    } else {
      resized = BilinearResize.of(teacher, height, width);
    }
    // The teacher's pass outlives this student's step.
    resized.attach(student.getManager());
    return new FeaturePair(student, resized);
  }
}

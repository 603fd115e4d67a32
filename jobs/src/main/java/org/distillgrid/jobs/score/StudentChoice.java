package org.distillgrid.jobs.score;

import java.io.Serializable;

/** Whose error counts as the student's. */
public sealed interface StudentChoice extends Serializable {
  /** Returns bicubic interpolation, for want of a student. */
  static StudentChoice bicubic() {
    return new Bicubic();
  }

  /**
   * Returns a trained student.
   *
   * @param model its model name
   * @param weights its checkpoint, on this machine or at a Hadoop URI
   */
  static StudentChoice trained(String model, String weights) {
    return new Trained(model, weights);
  }

  /** Bicubic interpolation. */
  record Bicubic() implements StudentChoice {}

  /** A checkpoint. */
  record Trained(String model, String weights) implements StudentChoice {}
}

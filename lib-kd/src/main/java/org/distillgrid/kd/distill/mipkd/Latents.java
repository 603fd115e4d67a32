package org.distillgrid.kd.distill.mipkd;

import ai.djl.ndarray.NDArray;
import org.distillgrid.kd.distill.feature.FeatureSize;
import org.distillgrid.kd.nn.Shifted;

/**
 * What teacher and student have in the common latent space at one point.
 *
 * @param teacher z_T, N×C×H×W
 * @param student z_S, of the same shape
 */
record Latents(NDArray teacher, NDArray student) {
  /**
   * Returns latents of one size, the teacher's: what is decoded is to take the place of its
   * features, whatever the size of the student's.
   */
  static Latents of(NDArray teacher, NDArray student) {
    return new Latents(teacher, FeatureSize.like(teacher, student));
  }

  /** Returns {@code I·z_T + (1 − I)·z_S}. */
  NDArray mixed(NDArray mask) {
    return teacher.mul(mask).add(student.mul(Shifted.by(1, mask.neg())));
  }
}

package org.distillgrid.kd.distill.mipkd;

import ai.djl.ndarray.NDArray;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * The feature prior mixer of one point: the way into a common latent space and out of it.
 *
 * @param fromTeacher E_T, the encoder of the teacher's features
 * @param fromStudent E_S, the encoder of the student's
 * @param toTeacher D, the decoder to the teacher's width
 * @param toStudent the decoder to the student's width; absent where that is the teacher's
 */
record FeatureMixer(
    UnaryOperator<NDArray> fromTeacher,
    UnaryOperator<NDArray> fromStudent,
    UnaryOperator<NDArray> toTeacher,
    Optional<UnaryOperator<NDArray>> toStudent) {

  /** Returns both latents of a point. */
  Latents latents(NDArray teacher, NDArray student) {
    return Latents.of(fromTeacher.apply(teacher), fromStudent.apply(student));
  }
}

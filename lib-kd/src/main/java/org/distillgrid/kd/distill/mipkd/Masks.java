package org.distillgrid.kd.distill.mipkd;

import ai.djl.ndarray.NDArray;

/** Decides which entries of a mixed latent are the teacher's and which the student's. */
@FunctionalInterface
interface Masks {
  /**
   * Returns the mask of a point at a step: 1 where the teacher's latent is taken, 0 where the
   * student's is; of a shape that broadcasts to theirs, in their manager, off the gradient tape.
   */
  NDArray at(long step, int point, Latents latents);
}

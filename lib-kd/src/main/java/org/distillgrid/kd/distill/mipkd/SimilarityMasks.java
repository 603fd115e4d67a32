package org.distillgrid.kd.distill.mipkd;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import org.distillgrid.kd.nn.GradientMode;

/**
 * The places of each image, all channels alike, at which the latents of student and teacher point
 * in the least similar directions are the teacher's. An ablation. Source: that a mask by similarity
 * was tried second-hand; its form reconstructed.
 *
 * @param part of the places that are the teacher's
 */
record SimilarityMasks(double part) implements Masks {
  private static final double EPSILON = 1e-12;

  @Override
  public NDArray at(long step, int point, Latents latents) {
    return GradientMode.off(() -> leastSimilar(latents));
  }

  private NDArray leastSimilar(Latents latents) {
    Shape shape = latents.teacher().getShape();
    long images = shape.get(0);
    long places = shape.get(2) * shape.get(3);
    long taken = Math.round(part * (double) places);
    NDArray cosines =
        latents
            .teacher()
            .normalize(2, 1, EPSILON)
            .mul(latents.student().normalize(2, 1, EPSILON))
            .sum(new int[] {1})
            .reshape(images, places);
    if (taken == 0) {
      return cosines.zerosLike().reshape(images, 1, shape.get(2), shape.get(3));
    }
    NDArray greatest = cosines.sort(1).get(new NDIndex(":,{}:{}", taken - 1, taken));
    return cosines
        .lte(greatest)
        .toType(DataType.FLOAT32, false)
        .reshape(images, 1, shape.get(2), shape.get(3));
  }
}

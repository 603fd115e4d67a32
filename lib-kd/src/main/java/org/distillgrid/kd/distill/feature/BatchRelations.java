package org.distillgrid.kd.distill.feature;

import ai.djl.ndarray.NDArray;
import org.distillgrid.kd.error.ErrorCode;
import org.distillgrid.kd.error.GridException;
import org.distillgrid.kd.nn.Scaled;
import org.distillgrid.kd.nn.Shifted;
import org.distillgrid.kd.nn.block.AveragePool;

/**
 * How the images of a batch lie to each other in a network's features.
 *
 * @param differences the vector from every image to every other, N×N×D
 */
record BatchRelations(NDArray differences) {
  private static final double EPSILON = 1e-12;

  /**
   * Returns the relations of features N×C×H×W.
   *
   * @param grid side of the grid that they are averaged over
   * @throws GridException if there is one image only
   */
  static BatchRelations of(NDArray features, int grid) {
    long images = features.getShape().get(0);
    if (images < 2) {
      throw GridException.of(
          ErrorCode.USAGE,
          "Cannot use method rkd: it needs two images a batch at least, not %d",
          images);
    }
    NDArray vectors = AveragePool.to(features, grid, grid).reshape(images, -1);
    return new BatchRelations(vectors.expandDims(0).sub(vectors.expandDims(1)));
  }

  /** Returns the distance of every two images over the mean of those of different ones, N×N. */
  NDArray distances() {
    long images = differences.getShape().get(0);
    // A root has no slope at zero, where every image is to itself.
    NDArray roots = Shifted.by(EPSILON, differences.square().sum(new int[] {2})).sqrt();
    NDArray apart = roots.onesLike().sub(roots.getManager().eye((int) images));
    NDArray distances = roots.mul(apart);
    return distances.div(Scaled.over(images * (images - 1.0), distances.sum()));
  }

  /** Returns the cosine of the angle at each image between every two others, N×N×N. */
  NDArray cosines() {
    NDArray directions = differences.normalize(2, 2, EPSILON);
    return directions.matMul(directions.transpose(0, 2, 1));
  }
}

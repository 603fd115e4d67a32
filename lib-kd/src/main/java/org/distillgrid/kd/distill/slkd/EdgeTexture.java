package org.distillgrid.kd.distill.slkd;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import org.distillgrid.kd.error.ErrorCode;
import org.distillgrid.kd.error.GridException;
import org.distillgrid.kd.nn.Scaled;
import org.distillgrid.kd.nn.Shifted;
import org.distillgrid.kd.nn.block.AveragePool;

/**
 * The extractor after PIQE: edges, which are the magnitude of Sobel's gradient, and texture, which
 * is the variance of {@link LocalContrast} in blocks of 16×16. Source: Venkatanath et al., PIQE,
 * 2015 (known: contrast, blocks, that their variance is their activity); reconstructed: Sobel, and
 * no threshold, which has no gradient.
 *
 * @param contrast what texture is the variance of
 * @param block side of a block of texture; smaller maps are one block
 */
record EdgeTexture(LocalContrast contrast, int block) {
  private static final int SIDE = 3;
  // A step from black to white has this much.
  private static final double STEP = 4;
  private static final double LEAST = 1e-6;

  /**
   * Returns how far two maps of features differ in edges and texture, a scalar in the manager of
   * the first: the mean absolute difference of the one and of the other, added up.
   */
  NDArray distance(NDArray features, NDArray others) {
    NDArray edges = edges(features).sub(edges(others)).abs().mean();
    return edges.add(texture(features).sub(texture(others)).abs().mean());
  }

  /** Returns the edges, (N·C)×1×(H − 2)×(W − 2), 1 at a step over the whole range. */
  NDArray edges(NDArray features) {
    Shape shape = features.getShape();
    if (Math.min(shape.get(2), shape.get(3)) < SIDE) {
      throw GridException.of(
          ErrorCode.USAGE,
          "Cannot use method slkd: features of %d×%d have no edges, the least side is %d",
          shape.get(2),
          shape.get(3),
          SIDE);
    }
    NDArray inUnits = Scaled.over(STEP * contrast.range(), features);
    NDArray slopes = Planes.filtered(inUnits, contrast.kernels().sobel());
    return Shifted.by(LEAST, slopes.square().sum(new int[] {1}, true)).sqrt();
  }

  /** Returns the variance of each block, N×C×rows×columns. */
  NDArray texture(NDArray features) {
    NDArray values = contrast.of(features);
    long rows = Math.max(1, values.getShape().get(2) / block);
    long columns = Math.max(1, values.getShape().get(3) / block);
    NDArray mean = AveragePool.to(values, rows, columns);
    return AveragePool.to(values.square(), rows, columns).sub(mean.square());
  }
}

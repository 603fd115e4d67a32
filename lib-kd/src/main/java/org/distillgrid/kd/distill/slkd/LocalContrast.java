package org.distillgrid.kd.distill.slkd;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.ndarray.types.Shape;
import org.distillgrid.kd.nn.Clipped;
import org.distillgrid.kd.nn.Shifted;

/**
 * Mean-subtracted, contrast-normalised features, {@code m = (F − μ)/√(σ² + C²)}: what both BRISQUE
 * and PIQE begin with. μ and σ² are those of a Gaussian window of 7×7 with standard deviation 7/6,
 * wholly inside. Source: Mittal et al., BRISQUE, 2012 (known, with C outside of the root, where
 * flat features would have no gradient; C = 1 on [0, 255]).
 *
 * @param kernels gives the window
 * @param range greatest value of images in the network whose features are seen
 */
record LocalContrast(Kernels kernels, double range) {
  private static final int WINDOW = 7;
  private static final double LEVELS = 255;

  /** Returns the normalised features, N×C×H×W smaller by the window, in their manager. */
  NDArray of(NDArray features) {
    int side = side(features.getShape());
    NDArray window = kernels.gaussian(side);
    NDArray mean = Planes.filtered(features, window);
    NDArray squares = Planes.filtered(features.square(), window);
    NDArray variance = Clipped.between(0, Float.MAX_VALUE, squares.sub(mean.square()));
    double constant = range / LEVELS;
    NDArray deviation = Shifted.by(constant * constant, variance).sqrt();
    return inner(features, side).sub(mean).div(deviation);
  }

  private static NDArray inner(NDArray features, int side) {
    int edge = side / 2;
    long bottom = features.getShape().get(2) - edge;
    long right = features.getShape().get(3) - edge;
    return features.get(new NDIndex(":, :, {}:{}, {}:{}", edge, bottom, edge, right));
  }

  // Odd, so that it has a middle.
  private static int side(Shape shape) {
    int least = (int) Math.min(WINDOW, Math.min(shape.get(2), shape.get(3)));
    return least - 1 + least % 2;
  }
}

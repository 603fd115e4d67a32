package org.distillgrid.kd.distill.spark;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.convolutional.Conv2d;
import java.util.Optional;
import org.distillgrid.kd.nn.Scaled;
import org.distillgrid.kd.nn.Shifted;
import org.distillgrid.kd.nn.Tensors;

/**
 * SSIM of each image of a batch where the batch lies (Wang et al. 2004): window 11×11, σ = 1.5,
 * wholly inside the image, C1 = 0.01², C2 = 0.03² for images in [0, 1], mean over windows and
 * channels. Where an image is smaller the window is, too.
 */
final class Similarity implements AutoCloseable {
  private static final int WINDOW = 11;
  private static final double SIGMA = 1.5;
  private static final double C1 = 0.01 * 0.01;
  private static final double C2 = 0.03 * 0.03;
  private static final Shape ONE = new Shape(1, 1);

  private final NDManager manager;
  private Optional<NDArray> taps = Optional.empty();

  Similarity(NDManager parent) {
    this.manager = parent.newSubManager();
  }

  /**
   * Returns the SSIM of every image, N×1×1×1, in the manager of the first ones.
   *
   * @param images N×C×H×W, which need not be clamped
   * @param target of the same size
   */
  NDArray of(NDArray images, NDArray target) {
    NDArray moments =
        blurred(
            NDArrays.concat(
                new NDList(images, target, images.square(), target.square(), images.mul(target))));
    NDList five = moments.split(5);
    NDArray products = five.get(0).mul(five.get(1));
    NDArray squares = five.get(0).square().add(five.get(1).square());
    NDArray covariance = five.get(4).sub(products);
    NDArray variances = five.get(2).add(five.get(3)).sub(squares);
    NDArray above =
        Shifted.by(C1, Scaled.by(2, products)).mul(Shifted.by(C2, Scaled.by(2, covariance)));
    NDArray below = Shifted.by(C1, squares).mul(Shifted.by(C2, variances));
    return PerImage.mean(above.div(below));
  }

  private NDArray blurred(NDArray images) {
    Shape shape = images.getShape();
    long count = shape.get(0);
    NDArray planes = images.reshape(count * shape.get(1), 1, shape.get(2), shape.get(3));
    NDArray kernel = taps(Math.min(WINDOW, Math.min(shape.get(2), shape.get(3))));
    long side = kernel.size();
    NDArray down = convolved(planes, kernel.reshape(1, 1, side, 1));
    NDArray both = convolved(down, kernel.reshape(1, 1, 1, side));
    Shape left = both.getShape();
    return both.reshape(count, shape.get(1), left.get(2), left.get(3));
  }

  private static NDArray convolved(NDArray planes, NDArray kernel) {
    kernel.attach(planes.getManager());
    return Conv2d.conv2d(planes, kernel, null, ONE, new Shape(0, 0), ONE, 1).singletonOrThrow();
  }

  // Kept, so that no step brings them to the device again.
  private NDArray taps(long side) {
    if (taps.isEmpty() || taps.get().size() != side) {
      taps.ifPresent(NDArray::close);
      float[] values = new float[Math.toIntExact(side)];
      double sum = 0;
      for (int i = 0; i < values.length; i++) {
        sum += weight(i, side);
      }
      for (int i = 0; i < values.length; i++) {
        values[i] = (float) (weight(i, side) / sum);
      }
      taps = Optional.of(Tensors.aligned(values, new Shape(side), manager));
    }
    return taps.get();
  }

  private static double weight(int place, long side) {
    double distance = place - (side - 1) / 2.0;
    return Math.exp(-distance * distance / (2 * SIGMA * SIGMA));
  }

  @Override
  public void close() {
    manager.close();
  }
}

package org.distillgrid.kd.nn.block;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.convolutional.Conv2d;
import java.util.Arrays;
import org.distillgrid.kd.image.BicubicMatrix;
import org.distillgrid.kd.nn.RecordedTensor;
import org.distillgrid.kd.nn.Tensors;

/**
 * MATLAB's bicubic enlargement inside a network: neither rounded nor clamped, and differentiable.
 * It is what networks of the pre-upsampling kind (SRCNN, VDSR) see instead of the small image.
 *
 * @param factor output size over input size; 1 changes nothing
 */
public record BicubicEnlarge(int factor) {
  // An output pixel depends on two input pixels on either side of the one that it lies in.
  private static final int SIDE = 2;
  private static final int TAPS = 2 * SIDE + 1;
  private static final Shape ONE = new Shape(1, 1);

  /** Returns the images, N×C×H×W, at N×C×(H·factor)×(W·factor), in the input's manager. */
  public NDArray forward(NDArray images) {
    if (factor == 1) {
      return images;
    }
    if (images instanceof RecordedTensor recorded) {
      return recorded.bicubic(factor);
    }
    Shape shape = images.getShape();
    long count = shape.get(0) * shape.get(1);
    long height = shape.get(2);
    long width = shape.get(3);
    NDArray planes = images.reshape(count, 1, height, width);
    NDArray wide =
        convolved(mirrored(planes, 3), new Shape(factor, 1, 1, TAPS))
            .transpose(0, 2, 3, 1)
            .reshape(count, 1, height, width * factor);
    return convolved(mirrored(wide, 2), new Shape(factor, 1, TAPS, 1))
        .transpose(0, 2, 1, 3)
        .reshape(shape.get(0), shape.get(1), height * factor, width * factor);
  }

  /** Each place within an enlarged pixel has taps of its own: an output channel. */
  private NDArray convolved(NDArray planes, Shape kernel) {
    float[] matrix = BicubicMatrix.enlarging(TAPS, factor);
    int from = SIDE * factor * TAPS;
    float[] middle = Arrays.copyOfRange(matrix, from, from + factor * TAPS);
    NDArray taps = Tensors.aligned(middle, kernel, planes.getManager());
    return Conv2d.conv2d(planes, taps, null, ONE, new Shape(0, 0), ONE, 1).singletonOrThrow();
  }

  // Beyond the border the image is mirrored, the border itself included.
  private static NDArray mirrored(NDArray planes, int axis) {
    long last = planes.getShape().get(axis) - 1;
    NDArray first = line(planes, axis, 0);
    NDArray second = line(planes, axis, Math.min(1, last));
    NDArray secondLast = line(planes, axis, Math.max(0, last - 1));
    NDArray end = line(planes, axis, last);
    return NDArrays.concat(new NDList(second, first, planes, end, secondLast), axis);
  }

  private static NDArray line(NDArray planes, int axis, long place) {
    if (axis == 2) {
      return planes.get(new NDIndex(":,:,{}:{}", place, place + 1));
    }
    return planes.get(new NDIndex(":,:,:,{}:{}", place, place + 1));
  }
}

package org.distillgrid.kd.nn;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import org.distillgrid.kd.image.BicubicMatrix;

/**
 * MATLAB's bicubic enlargement inside a network: neither rounded nor clamped, and differentiable.
 * It is what networks of the pre-upsampling kind (SRCNN, VDSR) see instead of the small image.
 *
 * @param factor output size over input size; 1 changes nothing
 */
public record BicubicEnlarge(int factor) {
  /** Returns the images, N×C×H×W, at N×C×(H·factor)×(W·factor), in the input's manager. */
  public NDArray forward(NDArray images) {
    if (factor == 1) {
      return images;
    }
    if (images instanceof RecordedTensor recorded) {
      return recorded.bicubic(factor);
    }
    NDManager manager = images.getManager();
    NDArray down = matrix(images.getShape().get(2), manager);
    NDArray across = matrix(images.getShape().get(3), manager);
    return down.matMul(images.matMul(across.transpose()));
  }

  private NDArray matrix(long length, NDManager manager) {
    float[] weights = BicubicMatrix.enlarging(Math.toIntExact(length), factor);
    return Tensors.aligned(weights, new Shape(length * factor, length), manager);
  }
}

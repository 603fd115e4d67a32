package org.distillgrid.kd.eval;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import org.distillgrid.kd.image.MatlabBicubic;
import org.distillgrid.kd.image.PlanarImage;
import org.distillgrid.kd.image.UnitRange;
import org.distillgrid.kd.model.Network;
import org.distillgrid.kd.nn.Inference;
import org.distillgrid.kd.nn.Tensors;
import org.distillgrid.kd.random.Draws;
import org.distillgrid.kd.task.Degraded;
import org.distillgrid.kd.task.Task;

/** What turns a degraded image back into one of the ground truth's size. */
@FunctionalInterface
public interface Restoration {
  /** What the reference is called where it enlarges: MATLAB's bicubic resize. */
  String BICUBIC_NAME = "bicubic";

  /** What the reference is called at scale 1: the input itself, clamped and rounded. */
  String INPUT_NAME = "input";

  /**
   * Returns the restored image, clamped and rounded to 8 bits.
   *
   * @param draws the generators of what the task adds anew, noise for instance
   */
  PlanarImage restore(Degraded degraded, Draws draws);

  /** Returns the restoration by a network, off the gradient tape. */
  static Restoration by(Network network, Task task) {
    return (degraded, draws) -> {
      PlanarImage stored = degraded.stored();
      float[] input = task.input(degraded, draws.at(0, "input"));
      try (NDManager pass = network.parameters().flat().getManager().newSubManager()) {
        Shape shape = new Shape(1, stored.channels(), stored.height(), stored.width());
        NDArray batch = Tensors.aligned(input, shape, pass);
        NDArray output = Inference.output(network.architecture(), batch);
        Shape restored = output.getShape();
        return UnitRange.image(
            output.toFloatArray(),
            (int) restored.get(1),
            (int) restored.get(2),
            (int) restored.get(3));
      }
    };
  }

  /**
   * Returns the reference: MATLAB's bicubic resize by the task's scale. At scale 1 there is nothing
   * to enlarge, and the reference is the input itself.
   */
  static Restoration bicubic(Task task) {
    return (degraded, draws) -> {
      PlanarImage stored = degraded.stored();
      if (task.scale() == 1) {
        float[] input = task.input(stored, draws.at(0, "input"));
        return UnitRange.image(input, stored.channels(), stored.height(), stored.width());
      }
      return degraded
          .exact()
          .map(exact -> MatlabBicubic.upscale(exact, task.scale()).rounded())
          .orElseGet(() -> MatlabBicubic.upscale(stored, task.scale()));
    };
  }

  /** Returns what the scores of {@link #bicubic} are called in tables. */
  static String referenceName(int scale) {
    if (scale == 1) {
      return INPUT_NAME;
    }
    return BICUBIC_NAME;
  }
}

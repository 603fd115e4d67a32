package org.distillgrid.kd.train;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import org.distillgrid.kd.image.PlanarImage;
import org.distillgrid.kd.image.UnitRange;
import org.distillgrid.kd.model.Network;
import org.distillgrid.kd.nn.HostValues;
import org.distillgrid.kd.nn.Inference;
import org.distillgrid.kd.nn.Tensors;
import org.distillgrid.kd.random.Draws;
import org.distillgrid.kd.task.Comparison;
import org.distillgrid.kd.task.Task;
import org.distillgrid.kd.train.patches.ImageErrors;
import org.distillgrid.kd.train.patches.PatchSource;

/** The mean PSNR of a network over the images of the validation patches, by the task's own rule. */
final class Validation {
  private final PatchSource patches;
  private final Task task;
  private final Draws draws;

  Validation(PatchSource patches, Task task, long seed) {
    this.patches = patches;
    this.task = task;
    this.draws = Draws.of("validation/" + seed);
  }

  /** Returns the mean PSNR in dB; NaN when there are no patches. */
  double psnr(Network network, NDManager manager) {
    ImageErrors errors = new ImageErrors(patches);
    for (int i = 0; i < patches.size(); i++) {
      PatchSource.Pair pair = patches.pair(i);
      float[] input = task.input(pair.input(), draws.at(i, "input"));
      PlanarImage restored = restore(network, input, pair, manager);
      errors.add(i, Comparison.by(task.judgement()).meanSquaredError(pair.target(), restored));
    }
    return errors.psnr();
  }

  private static PlanarImage restore(
      Network network, float[] input, PatchSource.Pair pair, NDManager manager) {
    PlanarImage stored = pair.input();
    PlanarImage target = pair.target();
    try (NDManager pass = manager.newSubManager()) {
      Shape shape = new Shape(1, stored.channels(), stored.height(), stored.width());
      NDArray batch = Tensors.aligned(input, shape, pass);
      float[] output = HostValues.of(Inference.output(network.architecture(), batch));
      return UnitRange.image(output, target.channels(), target.height(), target.width());
    }
  }
}

package org.distillgrid.kd.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import org.distillgrid.kd.SharedData;
import org.distillgrid.kd.weights.Checkpoint;
import org.distillgrid.kd.weights.HostTensor;
import org.distillgrid.kd.weights.file.Checkpoints;

/**
 * What released weights compute of one input: {@code input} and {@code output} of a file.
 *
 * @param file the tensors
 * @param range the greatest value of an image in them, 1 or 255
 */
record GoldenCase(Checkpoint file, float range) {
  private static final double TOLERANCE = 1e-5;

  /** Reads a case that lies beside a checkout, or skips the test. */
  static GoldenCase of(String path, float range) {
    return new GoldenCase(Checkpoints.open(SharedData.path(path)), range);
  }

  /** Requires a network with the weights of another such file to compute the output. */
  void agrees(String model, ModelTarget target, String weights) {
    Checkpoint checkpoint = Checkpoints.open(SharedData.path(weights));
    HostTensor input = file.tensors().get("input");
    float[] wanted = file.tensors().get("output").values();
    try (NDManager manager = NDManager.newBaseManager();
        Network network = Network.load(model, target, checkpoint, weights, manager)) {
      NDArray image = manager.create(input.values(), new Shape(input.shape())).div(range);
      float[] computed = network.forward(image).mul(range).toFloatArray();
      float greatest = 0;
      for (float value : wanted) {
        greatest = Math.max(greatest, Math.abs(value));
      }
      assertThat(computed).containsExactly(wanted, within((float) (TOLERANCE * greatest)));
    }
  }
}

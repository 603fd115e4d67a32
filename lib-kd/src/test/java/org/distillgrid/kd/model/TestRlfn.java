package org.distillgrid.kd.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import org.distillgrid.kd.SharedData;
import org.distillgrid.kd.error.GridException;
import org.distillgrid.kd.random.Draws;
import org.distillgrid.kd.weights.Checkpoint;
import org.distillgrid.kd.weights.Checkpoints;
import org.distillgrid.kd.weights.HostTensor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TestRlfn {
  @ParameterizedTest
  @CsvSource({"2, 526856", "4, 543740"})
  void hasAsManyParametersAsTheReleasedOne(int scale, long parameters) {
    try (NDManager manager = NDManager.newBaseManager();
        Network network =
            Network.build("rlfn", new ModelTarget(3, scale), Draws.of("t"), manager)) {
      assertThat(network.parameters().elements()).isEqualTo(parameters);
      assertThat(network.architecture().segments()).isEqualTo(6);
    }
  }

  @Test
  void refusesImagesTooSmallForItsAttention() {
    try (NDManager manager = NDManager.newBaseManager();
        Network network = Network.build("rlfn-c4", new ModelTarget(3, 2), Draws.of("t"), manager)) {
      assertThat(network.forward(manager.ones(new Shape(1, 3, 15, 16))).getShape())
          .isEqualTo(new Shape(1, 3, 30, 32));
      assertThatThrownBy(() -> network.forward(manager.ones(new Shape(1, 3, 14, 16))))
          .isInstanceOf(GridException.class)
          .hasMessage(
              "Cannot restore an image of 16×14: spatial attention needs at least 15×15 pixels");
    }
  }

  @Test
  void computesWhatTheReleasedOneDoes() {
    String weights = SharedData.path("teachers/rlfn_x2.npz").toString();
    Checkpoint golden = Checkpoints.open(SharedData.path("golden/RLFN_x2.npz"));
    HostTensor input = golden.tensors().get("input");
    float[] wanted = golden.tensors().get("output").values();
    try (NDManager manager = NDManager.newBaseManager();
        Network network =
            Network.load(
                "rlfn",
                new ModelTarget(3, 2),
                Checkpoints.open(SharedData.path("teachers/rlfn_x2.npz")),
                weights,
                manager)) {
      NDArray image = manager.create(input.values(), new Shape(input.shape())).div(255);
      float[] computed = network.forward(image).mul(255).toFloatArray();
      assertThat(computed).hasSameSizeAs(wanted);
      double difference = 0;
      double size = 0;
      for (int i = 0; i < wanted.length; i++) {
        difference = Math.max(difference, Math.abs((double) computed[i] - wanted[i]));
        size = Math.max(size, Math.abs(wanted[i]));
      }
      assertThat(difference / size).isLessThan(1e-5);
    }
  }
}

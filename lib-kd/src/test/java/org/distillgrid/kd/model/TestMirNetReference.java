package org.distillgrid.kd.model;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.ndarray.NDManager;
import java.util.Map;
import java.util.TreeMap;
import org.distillgrid.kd.error.GridException;
import org.distillgrid.kd.weights.Checkpoint;
import org.distillgrid.kd.weights.HostTensor;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** MIRNet against a PyTorch module of the same weights; the scripts lie beside the fixtures. */
class TestMirNetReference {
  @ParameterizedTest
  @CsvSource({"rgb, 3, mirnet-c8-g1-b1", "grey, 1, mirnet-c10-g1-b2-h2-w3"})
  void computesWhatPyTorchDoes(String fixture, int channels, String model) {
    ReferenceCase reference = ReferenceCase.of("mirnet/mirnet_" + fixture);
    try (NDManager manager = NDManager.newBaseManager();
        Network network = reference.network(model, new ModelTarget(channels, 1), manager)) {
      reference.agrees(network);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "body.0.body.0.blocks.1.1.conv1x1.weight, 'body.0.body.0.blocks.1.1.conv1x1.weight differs from"
        + " body.0.body.0.blocks.1.0.conv1x1.weight, with which the network shares it'",
    "body.0.body.0.blocks.2.0.body.1.weight, 'body.0.body.0.blocks.2.0.body.1.weight differs from"
        + " body.0.body.0.blocks.0.0.body.1.weight, with which the network shares it'",
    "body.0.body.0.down.8_2.body.0.bot.0.filt, 'body.0.body.0.down.8_2.body.0.bot.0.filt is not the"
        + " filter 1-2-1 that is computed here'"
  })
  void refusesWhatItWouldHaveToLose(String changed, String message) {
    Map<String, HostTensor> tensors =
        new TreeMap<>(ReferenceCase.of("mirnet/mirnet_rgb").weights().tensors());
    tensors.computeIfPresent(
        changed,
        (name, tensor) -> {
          float[] values = tensor.values().clone();
          values[values.length - 1] += 0.01f;
          return new HostTensor(tensor.shape(), values);
        });
    Checkpoint checkpoint = Checkpoint.of(tensors, Map.of());
    try (NDManager manager = NDManager.newBaseManager()) {
      assertThatThrownBy(
              () ->
                  Network.load(
                      "mirnet-c8-g1-b1", new ModelTarget(3, 1), checkpoint, "a file", manager))
          .isInstanceOf(GridException.class)
          .hasMessage("Cannot load weights into mirnet-c8-g1-b1: " + message);
    }
  }
}

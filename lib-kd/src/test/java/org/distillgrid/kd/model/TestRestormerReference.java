package org.distillgrid.kd.model;

import ai.djl.ndarray.NDManager;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Restormer against a PyTorch module of the same weights; the scripts lie beside the fixtures. */
class TestRestormerReference {
  @ParameterizedTest
  @CsvSource({
    "u, 3, restormer-c4-b1x1x1x1-r1",
    "free, 1, restormer-c4-b1x1x0x1-r0-h2x1x1x4-f1.5-bias1-norm0"
  })
  void computesWhatPyTorchDoes(String fixture, int channels, String model) {
    ReferenceCase reference = ReferenceCase.of("restormer/restormer_" + fixture);
    try (NDManager manager = NDManager.newBaseManager();
        Network network = reference.network(model, new ModelTarget(channels, 1), manager)) {
      reference.agrees(network);
    }
  }
}

package org.distillgrid.kd.model;

import ai.djl.ndarray.NDManager;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** SwinIR against a PyTorch module of the same weights; the scripts lie beside the fixtures. */
class TestSwinIrReference {
  @ParameterizedTest
  @CsvSource({
    "shuffle_x2, swinir-c8-d2x2-h2-w4-f6, 3, 2",
    "direct_x3, swinir-c12-d2x3-h2x3-w3-m1.5-t2, 3, 3",
    "plain_x1, swinir-c6-d2-h2-w7-i255, 1, 1"
  })
  void computesWhatPyTorchDoes(String path, String model, int channels, int scale) {
    ReferenceCase reference = ReferenceCase.of("swinir/" + path);
    ModelTarget target = new ModelTarget(channels, scale);
    try (NDManager manager = NDManager.newBaseManager();
        Network network = reference.network(model, target, manager)) {
      reference.agrees(network);
    }
  }
}

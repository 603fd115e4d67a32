package org.distillgrid.kd.model;

import ai.djl.ndarray.NDManager;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** NAFNet against a PyTorch module of the same weights; the scripts lie beside the fixtures. */
class TestNafNetReference {
  @ParameterizedTest
  @CsvSource({"u, 3, nafnet-w6-e1x2-m1-d1x1", "grey, 1, nafnet-w4-e1x1x0-m2-d1x0x1"})
  void computesWhatPyTorchDoes(String fixture, int channels, String model) {
    ReferenceCase reference = ReferenceCase.of("nafnet/nafnet_" + fixture);
    try (NDManager manager = NDManager.newBaseManager();
        Network network = reference.network(model, new ModelTarget(channels, 1), manager)) {
      reference.agrees(network);
    }
  }
}

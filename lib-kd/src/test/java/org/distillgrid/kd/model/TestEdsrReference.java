package org.distillgrid.kd.model;

import ai.djl.ndarray.NDManager;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** EDSR against a PyTorch module of the same weights; the script lies beside the fixtures. */
class TestEdsrReference {
  @ParameterizedTest
  @ValueSource(ints = {2, 3, 4})
  void computesWhatPyTorchDoes(int scale) {
    ReferenceCase reference = ReferenceCase.of("edsr/edsr_x" + scale);
    ModelTarget target = new ModelTarget(3, scale);
    try (NDManager manager = NDManager.newBaseManager();
        Network plain = reference.network("edsr-c8-b2", target, manager);
        Network shifted = reference.network("edsr-c8-b2-m1", target, manager)) {
      reference.agrees(plain);
      reference.outputAgrees(shifted, "shifted_output");
    }
  }
}

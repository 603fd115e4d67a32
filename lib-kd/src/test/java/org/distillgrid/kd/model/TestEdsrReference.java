package org.distillgrid.kd.model;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.ndarray.NDManager;
import java.util.Map;
import java.util.TreeMap;
import org.distillgrid.kd.error.GridException;
import org.distillgrid.kd.weights.Checkpoint;
import org.distillgrid.kd.weights.HostTensor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** EDSR against PyTorch modules of the same weights; the scripts lie beside the fixtures. */
class TestEdsrReference {
  @ParameterizedTest
  @ValueSource(ints = {2, 3, 4, 8})
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

  @ParameterizedTest
  @ValueSource(ints = {3, 4})
  void loadsTheNamesOfSanghyunSon(int scale) {
    ReferenceCase reference = ReferenceCase.of("edsr/son_x" + scale);
    try (NDManager manager = NDManager.newBaseManager();
        Network network =
            reference.network("edsr-c8-b2-r0.1-m1", new ModelTarget(3, scale), manager)) {
      reference.agrees(network);
    }
  }

  @Test
  void saysWhichModelAStoredMeanShiftNeeds() {
    ReferenceCase reference = ReferenceCase.of("edsr/son_x3");
    assertThatThrownBy(() -> load(reference.weights(), "edsr-c8-b2-m0"))
        .isInstanceOf(GridException.class)
        .hasMessage(
            "Cannot load weights into edsr-c8-b2-m0: they hold a mean shift (sub_mean), so the"
                + " model is edsr-c8-b2-m1");
  }

  @Test
  void refusesAnotherMeanShift() {
    ReferenceCase reference = ReferenceCase.of("edsr/son_x3");
    Map<String, HostTensor> tensors = new TreeMap<>(reference.weights().tensors());
    float[] unitRange = {-0.4488f, -0.4371f, -0.404f};
    tensors.put("sub_mean.bias", new HostTensor(new long[] {3}, unitRange));
    assertThatThrownBy(() -> load(Checkpoint.of(tensors, Map.of()), "edsr-c8-b2-m1"))
        .isInstanceOf(GridException.class)
        .hasMessage(
            "Cannot load weights into edsr-c8-b2-m1: their sub_mean.bias is not −255 times the"
                + " mean of DIV2K but [-0.4488, -0.4371, -0.404]");
  }

  private static void load(Checkpoint weights, String model) {
    try (NDManager manager = NDManager.newBaseManager()) {
      Network.load(model, new ModelTarget(3, 3), weights, "fixture", manager).close();
    }
  }
}

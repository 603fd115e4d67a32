package org.distillgrid.kd.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.withinPercentage;

import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import org.distillgrid.kd.error.GridException;
import org.distillgrid.kd.random.Draws;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

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

  @ParameterizedTest
  @CsvSource({"2, 115.4", "4, 29.8"})
  void costsWhatThePaperPrints(int scale, double billions) {
    try (NDManager manager = NDManager.newBaseManager();
        Network network =
            Network.build("rlfn", new ModelTarget(3, scale), Draws.of("t"), manager)) {
      double macs = (double) NetworkCost.of(network, 720, 1280).macs();
      assertThat(macs / 1e9).isCloseTo(billions, withinPercentage(1));
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {2, 3})
  void computesWhatPyTorchDoes(int scale) {
    ReferenceCase reference = ReferenceCase.of("rlfn/rlfn_x" + scale);
    try (NDManager manager = NDManager.newBaseManager();
        Network network = reference.network("rlfn-c4", new ModelTarget(3, scale), manager)) {
      reference.agrees(network);
    }
  }

  @ParameterizedTest
  @CsvSource({"2, rlfn_x2.npz", "2, rlfn_x2.pth", "4, rlfn_x4.pth"})
  void computesWhatTheReleasedWeightsDo(int scale, String file) {
    GoldenCase.of("golden/RLFN_x" + scale + ".npz", 255)
        .agrees("rlfn", new ModelTarget(3, scale), "teachers/" + file);
  }
}

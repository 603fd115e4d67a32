package org.distillgrid.kd.model.nafnet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.withinPercentage;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import org.distillgrid.kd.error.GridException;
import org.distillgrid.kd.model.ModelTarget;
import org.distillgrid.kd.model.Network;
import org.distillgrid.kd.model.NetworkCost;
import org.distillgrid.kd.nn.Architecture;
import org.distillgrid.kd.nn.Inference;
import org.distillgrid.kd.nn.Pass;
import org.distillgrid.kd.random.Draws;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TestNafNet {
  private static final ModelTarget RGB = new ModelTarget(3, 1);

  @ParameterizedTest
  @CsvSource({
    "nafnet, 17.11",
    "nafnet-w16-e1x1x1x14, 2.683",
    "nafnet-w32-e2x2x4x8-m12-d2x2x2x2, 29.16",
    "nafnet-w64, 67.89"
  })
  void hasThePublishedParameterCount(String model, double millions) {
    try (NDManager manager = NDManager.newBaseManager();
        Network network = build(model, RGB, manager)) {
      double counted = (double) network.parameters().learnedElements() / 1e6;
      assertThat(counted / millions).isBetween(0.9997, 1.0003);
    }
  }

  @Test
  void costsWhatThePaperSays() {
    try (NDManager manager = NDManager.newBaseManager();
        Network network = build("nafnet", RGB, manager)) {
      NetworkCost cost = NetworkCost.of(network, 256, 256);
      assertThat((double) cost.macs()).isCloseTo(16e9, withinPercentage(1));
    }
  }

  @ParameterizedTest
  @CsvSource({"1, 3, 1, 1", "2, 3, 5, 7", "3, 1, 8, 4", "1, 3, 3, 17"})
  void keepsAnySize(int images, int channels, int height, int width) {
    Shape shape = new Shape(images, channels, height, width);
    try (NDManager manager = NDManager.newBaseManager();
        Network network = build("nafnet-w4-e1x1-m1-d1x0", new ModelTarget(channels, 1), manager)) {
      NDArray output = network.forward(manager.ones(shape));
      assertThat(output.getShape()).isEqualTo(shape);
    }
  }

  @Test
  void itsLevelsAreItsSegments() {
    try (NDManager manager = NDManager.newBaseManager();
        Network network = build("nafnet-w4-e1x2-m1-d1x1", RGB, manager)) {
      Architecture architecture = network.architecture();
      Pass pass = Pass.of(architecture, manager.ones(new Shape(2, 3, 8, 12)));
      assertThat(pass.features().stream().map(NDArray::getShape))
          .containsExactly(
              new Shape(2, 4, 8, 12),
              new Shape(2, 8, 4, 6),
              new Shape(2, 16, 2, 3),
              new Shape(2, 8, 4, 6),
              new Shape(2, 4, 8, 12));
      for (int k = 0; k < architecture.segments(); k++) {
        assertThat(pass.features().get(k).getShape().get(1)).isEqualTo(architecture.width(k));
      }
    }
  }

  @Test
  void infersWhatItComputesForward() {
    try (NDManager manager = NDManager.newBaseManager();
        Network network = build("nafnet-w4-e1x1-m1-d1x1", RGB, manager)) {
      NDArray input = manager.arange(210f).reshape(1, 3, 7, 10).div(210);
      assertThat(Inference.output(network.architecture(), input)).isEqualTo(network.forward(input));
    }
  }

  @Test
  void namesParametersAsTheAuthorsDo() {
    try (NDManager manager = NDManager.newBaseManager();
        Network network = build("nafnet-w4-e1-m0-d0", RGB, manager)) {
      assertThat(network.parameters().export().keySet())
          .containsExactly(
              "downs.0.bias",
              "downs.0.weight",
              "encoders.0.0.beta",
              "encoders.0.0.conv1.bias",
              "encoders.0.0.conv1.weight",
              "encoders.0.0.conv2.bias",
              "encoders.0.0.conv2.weight",
              "encoders.0.0.conv3.bias",
              "encoders.0.0.conv3.weight",
              "encoders.0.0.conv4.bias",
              "encoders.0.0.conv4.weight",
              "encoders.0.0.conv5.bias",
              "encoders.0.0.conv5.weight",
              "encoders.0.0.gamma",
              "encoders.0.0.norm1.bias",
              "encoders.0.0.norm1.weight",
              "encoders.0.0.norm2.bias",
              "encoders.0.0.norm2.weight",
              "encoders.0.0.sca.1.bias",
              "encoders.0.0.sca.1.weight",
              "ending.bias",
              "ending.weight",
              "intro.bias",
              "intro.weight",
              "ups.0.0.weight");
    }
  }

  @Test
  void refusesLevelsThatDoNotPair() {
    assertThatThrownBy(() -> build("nafnet-e1x1"))
        .isInstanceOf(GridException.class)
        .hasMessage("Cannot build nafnet-e1x1: d must have as many numbers as e, 2, not 4");
    assertThatThrownBy(() -> build("nafnet-w1-e1x1x1x1x1x1x1x1x1-d1x1x1x1x1x1x1x1x1"))
        .hasMessage(
            "Cannot build nafnet-w1-e1x1x1x1x1x1x1x1x1-d1x1x1x1x1x1x1x1x1: "
                + "e must have at most 8 numbers, not 9");
    assertThatThrownBy(() -> Network.build("nafnet", new ModelTarget(3, 2), Draws.of("t"), null))
        .hasMessage("Cannot build nafnet at scale 2: nafnet has scales [1]");
  }

  private static void build(String model) {
    try (NDManager manager = NDManager.newBaseManager()) {
      build(model, RGB, manager).close();
    }
  }

  private static Network build(String model, ModelTarget target, NDManager manager) {
    return Network.build(model, target, Draws.of("t"), manager);
  }
}

package org.distillgrid.kd.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import org.distillgrid.kd.error.GridException;
import org.distillgrid.kd.random.Draws;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TestRcan {
  @ParameterizedTest
  @CsvSource({
    "rcan, 2, 15.44",
    "rcan, 3, 15.63",
    "rcan-g10-b20, 4, 15.59",
    "rcan-b6, 2, 5.02",
    "rcan-b6, 3, 5.21",
    "rcan-b6, 4, 5.17"
  })
  void hasThePublishedParameterCount(String model, int scale, double millions) {
    try (NDManager manager = NDManager.newBaseManager();
        Network network = build(model, new ModelTarget(3, scale), manager)) {
      double counted = (double) network.parameters().learnedElements() / 1e6;
      assertThat(counted).isBetween(millions - 0.01, millions + 0.01);
      assertThat(network.architecture().segments()).isEqualTo(10);
    }
  }

  @ParameterizedTest
  @CsvSource({"1, 3", "2, 1", "3, 3", "8, 1"})
  void enlargesByItsScale(int scale, int channels) {
    try (NDManager manager = NDManager.newBaseManager();
        Network network = build("rcan-c4-g2-b1-q2", new ModelTarget(channels, scale), manager)) {
      NDArray output = network.forward(manager.ones(new Shape(2, channels, 5, 3)));
      assertThat(output.getShape()).isEqualTo(new Shape(2, channels, 5L * scale, 3L * scale));
      assertThat(network.architecture().width(1)).isEqualTo(4);
    }
  }

  @Test
  void namesParametersAsBasicSrDoes() {
    try (NDManager manager = NDManager.newBaseManager();
        Network network = build("rcan-c4-g1-b1-q2", new ModelTarget(3, 2), manager)) {
      assertThat(network.parameters().export().keySet())
          .filteredOn(name -> name.endsWith(".weight"))
          .containsExactly(
              "body.0.conv.weight",
              "body.0.residual_group.0.rcab.0.weight",
              "body.0.residual_group.0.rcab.2.weight",
              "body.0.residual_group.0.rcab.3.attention.1.weight",
              "body.0.residual_group.0.rcab.3.attention.3.weight",
              "conv_after_body.weight",
              "conv_first.weight",
              "conv_last.weight",
              "upsample.0.weight");
    }
  }

  @Test
  void refusesAnAttentionWithoutChannels() {
    try (NDManager manager = NDManager.newBaseManager()) {
      assertThatThrownBy(() -> build("rcan-c8", new ModelTarget(3, 2), manager))
          .isInstanceOf(GridException.class)
          .hasMessage("Cannot build rcan-c8: q must not exceed the 8 channels: 16");
    }
  }

  @ParameterizedTest
  @CsvSource({"rcan_x2, 2", "rcan_x3, 3", "authors_x2, 2"})
  void computesWhatPyTorchDoes(String fixture, int scale) {
    ReferenceCase reference = ReferenceCase.of("rcan/" + fixture);
    try (NDManager manager = NDManager.newBaseManager();
        Network network =
            reference.network("rcan-c8-g2-b2-q4", new ModelTarget(3, scale), manager)) {
      reference.agrees(network);
    }
  }

  private static Network build(String model, ModelTarget target, NDManager manager) {
    return Network.build(model, target, Draws.of("t"), manager);
  }
}

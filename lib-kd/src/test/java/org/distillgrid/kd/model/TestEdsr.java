package org.distillgrid.kd.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.withinPercentage;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import org.distillgrid.kd.error.GridException;
import org.distillgrid.kd.random.Draws;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TestEdsr {
  private static final ModelTarget TWICE = new ModelTarget(3, 2);

  @ParameterizedTest
  @CsvSource({
    "edsr-c64-b16, 2, 1.370",
    "edsr-c64-b16, 3, 1.554",
    "edsr-c64-b16, 4, 1.518",
    "edsr-c64-b32, 2, 2.552",
    "edsr-c64-b32, 3, 2.736",
    "edsr-c64-b32, 4, 2.699",
    "edsr-c256-b32, 2, 40.73",
    "edsr-c256-b32, 3, 43.68",
    "edsr-c256-b32, 4, 43.09"
  })
  void hasThePublishedParameterCount(String model, int scale, double millions) {
    try (NDManager manager = NDManager.newBaseManager();
        Network network = build(model, scale, manager)) {
      double counted = (double) network.parameters().elements() / 1e6;
      assertThat(counted / millions).isBetween(0.9995, 1.0005);
    }
  }

  @ParameterizedTest
  @CsvSource({"2, 316.3e9", "4, 114.0e9"})
  void costsWhatTheLiteraturePrints(int scale, double printed) {
    try (NDManager manager = NDManager.newBaseManager();
        Network network = build("edsr-c64-b16", scale, manager)) {
      NetworkCost cost = NetworkCost.of(network, 720, 1280);
      assertThat((double) cost.macs()).isCloseTo(printed, withinPercentage(1));
    }
  }

  @ParameterizedTest
  @CsvSource({"1, 3", "2, 3", "3, 1", "4, 3", "8, 1"})
  void enlargesByItsScale(int scale, int channels) {
    try (NDManager manager = NDManager.newBaseManager();
        Network network =
            Network.build("edsr-c4-b2", new ModelTarget(channels, scale), Draws.of("t"), manager)) {
      NDArray output = network.forward(manager.ones(new Shape(2, channels, 5, 7)));
      assertThat(output.getShape()).isEqualTo(new Shape(2, channels, 5L * scale, 7L * scale));
      assertThat(network.architecture().segments()).isEqualTo(2);
    }
  }

  @Test
  void namesParametersAsBasicSrDoes() {
    try (NDManager manager = NDManager.newBaseManager();
        Network network = build("edsr-c4-b1", 4, manager)) {
      assertThat(network.parameters().export().keySet())
          .containsExactly(
              "body.0.conv1.bias",
              "body.0.conv1.weight",
              "body.0.conv2.bias",
              "body.0.conv2.weight",
              "conv_after_body.bias",
              "conv_after_body.weight",
              "conv_first.bias",
              "conv_first.weight",
              "conv_last.bias",
              "conv_last.weight",
              "upsample.0.bias",
              "upsample.0.weight",
              "upsample.2.bias",
              "upsample.2.weight");
    }
  }

  @Test
  void startsFromTheSameValuesForTheSameDraws() {
    try (NDManager manager = NDManager.newBaseManager();
        Network one = build("edsr-c4-b1", 2, manager);
        Network same = build("edsr-c4-b1", 2, manager);
        Network other = Network.build("edsr-c4-b1", TWICE, Draws.of("other"), manager)) {
      assertThat(one.parameters().flat()).isEqualTo(same.parameters().flat());
      assertThat(one.parameters().flat()).isNotEqualTo(other.parameters().flat());
    }
  }

  @Test
  void scalesResidualsAndShiftsTheMean() {
    try (NDManager manager = NDManager.newBaseManager();
        Network plain = build("edsr-c4-b2", 2, manager);
        Network still = build("edsr-c4-b2-r0", 2, manager);
        Network shifted = build("edsr-c4-b2-m1", 2, manager)) {
      NDArray input = manager.arange(75f).reshape(1, 3, 5, 5).div(75);
      assertThat(still.forward(input)).isNotEqualTo(plain.forward(input));
      for (Network network : new Network[] {plain, shifted}) {
        network.parameters().overwrite(new float[(int) network.parameters().elements()]);
      }
      assertThat(plain.forward(input).max().getFloat()).isZero();
      assertThat(shifted.forward(input).get("0,:,9,9").toFloatArray())
          .containsExactly(0.4488f, 0.4371f, 0.4040f);
    }
  }

  @Test
  void refusesAMeanShiftOfGreyImages() {
    try (NDManager manager = NDManager.newBaseManager()) {
      assertThatThrownBy(
              () -> Network.build("edsr-m1", new ModelTarget(1, 2), Draws.of("t"), manager))
          .isInstanceOf(GridException.class)
          .hasMessage("Cannot build edsr-m1: the mean shift m1 needs 3 image channels, not 1");
    }
  }

  private static Network build(String model, int scale, NDManager manager) {
    return Network.build(model, new ModelTarget(3, scale), Draws.of("t"), manager);
  }
}

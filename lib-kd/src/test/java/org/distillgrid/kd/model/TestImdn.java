package org.distillgrid.kd.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.withinPercentage;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.util.stream.Collectors;
import org.distillgrid.kd.nn.InputRange;
import org.distillgrid.kd.nn.LayerRole;
import org.distillgrid.kd.nn.WeightedLayer;
import org.distillgrid.kd.random.Draws;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TestImdn {
  @ParameterizedTest
  @CsvSource({"2, 694404", "3, 703059", "4, 715176"})
  void hasAsManyParametersAsTheReleasedOne(int scale, long parameters) {
    try (NDManager manager = NDManager.newBaseManager();
        Network network = build("imdn", 3, scale, manager)) {
      assertThat(network.parameters().elements()).isEqualTo(parameters);
      assertThat(network.architecture().segments()).isEqualTo(6);
    }
  }

  @ParameterizedTest
  @CsvSource({"2, 158.8", "4, 40.9"})
  void costsWhatThePaperPrints(int scale, double billions) {
    try (NDManager manager = NDManager.newBaseManager();
        Network network = build("imdn", 3, scale, manager)) {
      double macs = (double) NetworkCost.of(network, 720, 1280).macs();
      assertThat(macs / 1e9).isCloseTo(billions, withinPercentage(1));
    }
  }

  @ParameterizedTest
  @CsvSource({"imdn-c8-b2, 1, 3", "imdn-c6-b1, 2, 1", "imdn-c8-b3, 3, 3", "imdn-c4-b1, 8, 1"})
  void enlargesByItsScale(String model, int scale, int channels) {
    try (NDManager manager = NDManager.newBaseManager();
        Network network = build(model, channels, scale, manager)) {
      NDArray output = network.forward(manager.ones(new Shape(2, channels, 5, 7)));
      assertThat(output.getShape()).isEqualTo(new Shape(2, channels, 5L * scale, 7L * scale));
    }
  }

  @Test
  void namesParametersAsTheAuthorsDo() {
    try (NDManager manager = NDManager.newBaseManager();
        Network network = build("imdn-c8-b1", 3, 2, manager)) {
      assertThat(
              network.layers().stream()
                  .collect(Collectors.toMap(WeightedLayer::name, WeightedLayer::role)))
          .hasSize(11)
          .containsEntry("fea_conv", LayerRole.HEAD)
          .containsEntry("IMDB1.c1", LayerRole.BODY)
          .containsEntry("IMDB1.c4", LayerRole.BODY)
          .containsEntry("IMDB1.c5", LayerRole.BODY)
          .containsEntry("IMDB1.cca.conv_du.0", LayerRole.BODY)
          .containsEntry("c.0", LayerRole.BODY)
          .containsEntry("LR_conv", LayerRole.BODY)
          .containsEntry("upsampler.0", LayerRole.TAIL);
      assertThat(
              network.layers().stream()
                  .filter(layer -> layer.inputRange() == InputRange.NON_NEGATIVE)
                  .map(WeightedLayer::name))
          .containsExactly("IMDB1.cca.conv_du.2");
    }
  }

  @Test
  void refusesTooFewChannels() {
    try (NDManager manager = NDManager.newBaseManager()) {
      assertThatThrownBy(() -> build("imdn-c3", 3, 2, manager))
          .hasMessage("Cannot build imdn-c3: c must lie between 4 and 1024");
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {2, 3})
  void computesWhatPyTorchDoes(int scale) {
    ReferenceCase reference = ReferenceCase.of("imdn/imdn_x" + scale);
    try (NDManager manager = NDManager.newBaseManager();
        Network network = reference.network("imdn-c16-b2", new ModelTarget(3, scale), manager)) {
      reference.agrees(network);
    }
  }

  @ParameterizedTest
  @CsvSource({"2, imdn_x2.pth", "4, imdn_x4.npz"})
  void computesWhatTheReleasedWeightsDo(int scale, String file) {
    GoldenCase.of("golden/IMDN_x" + scale + ".npz", 1)
        .agrees("imdn", new ModelTarget(3, scale), "teachers/" + file);
  }

  private static Network build(String model, int channels, int scale, NDManager manager) {
    return Network.build(model, new ModelTarget(channels, scale), Draws.of("t"), manager);
  }
}

package org.distillgrid.kd.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.withinPercentage;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import org.distillgrid.kd.Fixtures;
import org.distillgrid.kd.random.Draws;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TestVdsr {
  @Test
  void hasTheSizeAndTheCostOfThePaper() {
    try (NDManager manager = NDManager.newBaseManager();
        Network network = build("vdsr", new ModelTarget(1, 2), manager)) {
      assertThat(network.parameters().learnedElements()).isEqualTo(664_704);
      assertThat(network.parameters().export()).hasSize(20).containsKeys("conv00.weight");
      assertThat(network.architecture().segments()).isEqualTo(6);
      NetworkCost cost = NetworkCost.of(network, 720, 1280);
      assertThat((double) cost.macs()).isCloseTo(612.6e9, withinPercentage(1));
    }
  }

  @ParameterizedTest
  @CsvSource({"1, 1, 3, 1", "2, 3, 5, 1", "3, 1, 6, 2", "8, 3, 20, 6"})
  void takesAnyScaleAndDepth(int scale, int channels, int depth, int segments) {
    try (NDManager manager = NDManager.newBaseManager();
        Network network = build("vdsr-c4-d" + depth, new ModelTarget(channels, scale), manager)) {
      NDArray output = network.forward(manager.ones(new Shape(2, channels, 1, 3)));
      assertThat(output.getShape()).isEqualTo(new Shape(2, channels, scale, 3L * scale));
      assertThat(network.architecture().segments()).isEqualTo(segments);
      assertThat(network.layers()).hasSize(depth);
    }
  }

  @ParameterizedTest
  @CsvSource({"x2, vdsr-c6-d9, 1, 2", "x3, vdsr-c6-d4, 3, 3"})
  void computesWhatPyTorchDoes(String fixture, String model, int channels, int scale) {
    ReferenceCase reference = ReferenceCase.of("vdsr/vdsr_" + fixture);
    try (NDManager manager = NDManager.newBaseManager();
        Network network = reference.network(model, new ModelTarget(channels, scale), manager)) {
      reference.agrees(network);
    }
  }

  @Test
  void loadsTheNamesOfTwtygqyy() {
    ReferenceCase reference =
        new ReferenceCase(
            Fixtures.npz("vdsr/twtygqyy_x2_weights.npz"), Fixtures.npz("vdsr/vdsr_x2_case.npz"));
    try (NDManager manager = NDManager.newBaseManager();
        Network network = reference.network("vdsr-c6-d9", new ModelTarget(1, 2), manager)) {
      reference.outputAgrees(network, "output");
    }
  }

  private static Network build(String model, ModelTarget target, NDManager manager) {
    return Network.build(model, target, Draws.of("t"), manager);
  }
}

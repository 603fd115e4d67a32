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

class TestSrcnn {
  @ParameterizedTest
  @CsvSource({
    "srcnn, 1, 57281",
    "srcnn-9-5-5, 1, 57281",
    "srcnn-k9x1x5, 1, 8129",
    "srcnn-9-1-5, 1, 8129",
    "srcnn, 3, 69251"
  })
  void hasAsManyParametersAsThePaperSays(String model, int channels, long parameters) {
    try (NDManager manager = NDManager.newBaseManager();
        Network network = build(model, new ModelTarget(channels, 2), manager)) {
      assertThat(network.parameters().learnedElements()).isEqualTo(parameters);
    }
  }

  @Test
  void costsWhatTheLiteraturePrints() {
    try (NDManager manager = NDManager.newBaseManager();
        Network network = build("srcnn", new ModelTarget(1, 4), manager)) {
      NetworkCost cost = NetworkCost.of(network, 720, 1280);
      assertThat((double) cost.macs()).isCloseTo(52.7e9, withinPercentage(1));
    }
  }

  @ParameterizedTest
  @CsvSource({"1, 3", "2, 1", "3, 3", "4, 1", "8, 3"})
  void enlargesByItsScale(int scale, int channels) {
    try (NDManager manager = NDManager.newBaseManager();
        Network network = build("srcnn-c4x2", new ModelTarget(channels, scale), manager)) {
      NDArray output = network.forward(manager.ones(new Shape(2, channels, 5, 1)));
      assertThat(output.getShape()).isEqualTo(new Shape(2, channels, 5L * scale, scale));
    }
  }

  @ParameterizedTest
  @CsvSource({"x2, srcnn-c6x4, 1, 2", "x3, srcnn-c6x4-k9x1x5, 3, 3"})
  void computesWhatPyTorchDoes(String fixture, String model, int channels, int scale) {
    ReferenceCase reference = ReferenceCase.of("srcnn/srcnn_" + fixture);
    try (NDManager manager = NDManager.newBaseManager();
        Network network = reference.network(model, new ModelTarget(channels, scale), manager)) {
      reference.agrees(network);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "srcnn, srcnn-c64x32-k9x5x5",
    "srcnn-9-1-5, srcnn-c64x32-k9x1x5",
    "srcnn-9-3-5-c8x4, srcnn-c8x4-k9x3x5"
  })
  void kernelsMayBeWrittenAsInThePaper(String model, String canonical) {
    ModelName name = ModelName.parse(model, Models.registry());
    assertThat(name.canonical()).isEqualTo(canonical);
    assertThat(name.text()).isEqualTo(model);
  }

  @ParameterizedTest
  @CsvSource({
    "srcnn-9-1, 'Cannot build srcnn-9-1: 9 is no option of srcnn, which takes letters and a number"
        + " (c, k)'",
    "srcnn-9-1-5-k9x5x5, 'Cannot build srcnn-k9x1x5-k9x5x5: k is given twice'",
    "srcnn-k9x5, 'Cannot build srcnn-k9x5: k takes 3 numbers, not 2'",
    "srcnn-c8, 'Cannot build srcnn-c8: c takes 2 numbers, not 1'",
    "srcnn-k9x4x5, 'Cannot build srcnn-k9x4x5: kernels must be odd: 4'"
  })
  void saysWhatIsWrongWithAName(String model, String message) {
    try (NDManager manager = NDManager.newBaseManager()) {
      assertThatThrownBy(() -> build(model, new ModelTarget(1, 2), manager))
          .isInstanceOf(GridException.class)
          .hasMessage(message);
    }
  }

  private static Network build(String model, ModelTarget target, NDManager manager) {
    return Network.build(model, target, Draws.of("t"), manager);
  }
}

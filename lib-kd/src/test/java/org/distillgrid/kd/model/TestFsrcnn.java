package org.distillgrid.kd.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.withinPercentage;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import org.distillgrid.kd.nn.WeightedLayer;
import org.distillgrid.kd.random.Draws;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TestFsrcnn {
  @ParameterizedTest
  @CsvSource({"fsrcnn, 12464, 12809", "fsrcnn-d32-s5-m1, 3937, 4086"})
  void hasAsManyWeightsAsThePaperSays(String model, long weights, long parameters) {
    try (NDManager manager = NDManager.newBaseManager();
        Network network = build(model, new ModelTarget(1, 3), manager)) {
      // The paper counts neither biases nor the factors of PReLU.
      assertThat(network.layers().stream().mapToLong(TestFsrcnn::weights).sum()).isEqualTo(weights);
      assertThat(network.parameters().learnedElements()).isEqualTo(parameters);
    }
  }

  @ParameterizedTest
  @CsvSource({"2, 6.0e9", "3, 5.0e9", "4, 4.6e9"})
  void costsLessThanTheLiteraturePrints(int scale, double printed) {
    try (NDManager manager = NDManager.newBaseManager();
        Network network = build("fsrcnn", new ModelTarget(1, scale), manager)) {
      NetworkCost cost = NetworkCost.of(network, 720, 1280);
      LayerCost last = cost.layers().get(cost.layers().size() - 1);
      assertThat(last.name()).isEqualTo("last_part");
      long inputs = (long) cost.inputHeight() * cost.inputWidth();
      assertThat(last.macs()).isEqualTo(56L * 81 * inputs);
      // Papers take the deconvolution for a convolution at the size of its output: s² times as
      // much as it multiplies.
      long asPrinted = cost.macs() + last.macs() * ((long) scale * scale - 1);
      assertThat((double) asPrinted).isCloseTo(printed, withinPercentage(1));
    }
  }

  @ParameterizedTest
  @CsvSource({"1, 3", "2, 1", "3, 3", "4, 1", "8, 3"})
  void enlargesByItsScale(int scale, int channels) {
    try (NDManager manager = NDManager.newBaseManager();
        Network network = build("fsrcnn-d4-s2-m1", new ModelTarget(channels, scale), manager)) {
      NDArray output = network.forward(manager.ones(new Shape(2, channels, 1, 3)));
      assertThat(output.getShape()).isEqualTo(new Shape(2, channels, scale, 3L * scale));
      assertThat(network.architecture().segments()).isEqualTo(3);
      assertThat(network.architecture().width(0)).isEqualTo(2);
      assertThat(network.architecture().width(2)).isEqualTo(4);
    }
  }

  @Test
  void namesParametersAsItsPyTorchCodeBaseDoes() {
    try (NDManager manager = NDManager.newBaseManager();
        Network network = build("fsrcnn-m1", new ModelTarget(1, 2), manager)) {
      assertThat(network.parameters().export().keySet())
          .containsExactly(
              "first_part.0.bias",
              "first_part.0.weight",
              "first_part.1.weight",
              "last_part.bias",
              "last_part.weight",
              "mid_part.0.bias",
              "mid_part.0.weight",
              "mid_part.1.weight",
              "mid_part.2.bias",
              "mid_part.2.weight",
              "mid_part.3.weight",
              "mid_part.4.bias",
              "mid_part.4.weight",
              "mid_part.5.weight");
    }
  }

  @ParameterizedTest
  @CsvSource({"1, 3", "2, 1", "3, 3", "4, 3", "8, 1"})
  void computesWhatPyTorchDoes(int scale, int channels) {
    ReferenceCase reference = ReferenceCase.of("fsrcnn/fsrcnn_x" + scale);
    try (NDManager manager = NDManager.newBaseManager();
        Network network =
            reference.network("fsrcnn-d6-s4-m2", new ModelTarget(channels, scale), manager)) {
      reference.agrees(network);
    }
  }

  private static long weights(WeightedLayer layer) {
    return layer.weight().shape().size();
  }

  private static Network build(String model, ModelTarget target, NDManager manager) {
    return Network.build(model, target, Draws.of("t"), manager);
  }
}

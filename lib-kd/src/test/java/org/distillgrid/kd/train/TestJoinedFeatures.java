package org.distillgrid.kd.train;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.util.List;
import org.apache.commons.rng.UniformRandomProvider;
import org.distillgrid.kd.model.ModelTarget;
import org.distillgrid.kd.model.Network;
import org.distillgrid.kd.nn.Architecture;
import org.distillgrid.kd.nn.GradientMode;
import org.distillgrid.kd.nn.Inference;
import org.distillgrid.kd.nn.Pass;
import org.distillgrid.kd.nn.Tensors;
import org.distillgrid.kd.random.Draws;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** A tail in two parts is the tail, and its features are behind the long skip. */
class TestJoinedFeatures {
  private static final List<String> WITH_LONG_SKIP =
      List.of("edsr", "rcan", "rlfn", "imdn", "rfdn", "swinir");

  static List<String> models() {
    return SmallModels.at(2);
  }

  @ParameterizedTest
  @MethodSource("models")
  void aPassEndsInTheTailsOutput(String model) {
    try (NDManager manager = NDManager.newBaseManager();
        Network network = Network.build(model, Cohorts.TARGET, Draws.of("network"), manager)) {
      NDArray input = images(manager);
      Pass pass = GradientMode.off(() -> Pass.of(network.architecture(), input));
      assertThat(pass.output().toFloatArray())
          .isEqualTo(Inference.output(network.architecture(), input).toFloatArray());
      NDArray last = pass.features().get(pass.features().size() - 1);
      assertThat(pass.joined().getShape().get(0)).isEqualTo(last.getShape().get(0));
      assertThat(pass.joined() != last).isEqualTo(WITH_LONG_SKIP.contains(model.split("-", 2)[0]));
    }
  }

  @Test
  void theLongSkipOfEdsrIsAddedToTheLastConvolution() {
    try (NDManager manager = NDManager.newBaseManager();
        Network network =
            Network.build("edsr-c4-b2", Cohorts.TARGET, Draws.of("network"), manager)) {
      network.parameters().all().stream()
          .filter(parameter -> parameter.name().startsWith("conv_after_body"))
          .forEach(parameter -> parameter.array().muli(0));
      Pass pass = GradientMode.off(() -> Pass.of(network.architecture(), images(manager)));
      assertThat(pass.joined().toFloatArray()).isEqualTo(pass.head().toFloatArray());
    }
  }

  @ParameterizedTest
  @CsvSource({
    "edsr-c4-b1, 1",
    "edsr-c4-b1-m1, 255",
    "rcan-c8-g1-b2-q4, 255",
    "rlfn-c4, 255",
    "rfdn-c8-b2, 1",
    "rfdn-c8-b2-i255, 255",
    "swinir-c8-d2-h2-t2, 1",
    "dncnn-c8-d4-n1, 1"
  })
  void imagesInsideHaveARange(String model, double range) {
    int scale = 2;
    if (model.startsWith("dncnn")) {
      scale = 1;
    }
    try (NDManager manager = NDManager.newBaseManager();
        Network network =
            Network.build(model, new ModelTarget(3, scale), Draws.of("network"), manager)) {
      Architecture architecture = network.architecture();
      assertThat(architecture.range()).isEqualTo(range);
    }
  }

  private static NDArray images(NDManager manager) {
    UniformRandomProvider draws = Draws.of("input").at(0, "image");
    Shape shape = new Shape(1, 3, 16, 16);
    float[] values = new float[(int) shape.size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = draws.nextFloat();
    }
    return Tensors.aligned(values, shape, manager);
  }
}

package org.distillgrid.kd.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.training.GradientCollector;
import java.util.List;
import org.distillgrid.kd.Fixtures;
import org.distillgrid.kd.nn.Parameter;
import org.distillgrid.kd.weights.Checkpoint;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** EDSR against a PyTorch module of the same weights; the script lies beside the fixtures. */
class TestEdsrReference {
  private static final List<String> PARAMETERS =
      List.of("conv_first.weight", "body.1.conv1.bias", "upsample.0.weight");

  @ParameterizedTest
  @ValueSource(ints = {2, 3, 4})
  void outputsAreThoseOfPyTorch(int scale) {
    Checkpoint reference = reference(scale);
    try (NDManager manager = NDManager.newBaseManager();
        Network plain = network("edsr-c8-b2", scale, manager);
        Network shifted = network("edsr-c8-b2-m1", scale, manager)) {
      NDArray input = Fixtures.array(reference, "input", manager);
      close(plain.forward(input), reference, "output", 1e-5f);
      close(shifted.forward(input), reference, "shifted_output", 1e-5f);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {2, 3, 4})
  void gradientsAreThoseOfPyTorch(int scale) {
    Checkpoint reference = reference(scale);
    try (NDManager manager = NDManager.newBaseManager();
        Network network = network("edsr-c8-b2", scale, manager)) {
      network.parameters().trainable();
      NDArray target = Fixtures.array(reference, "target", manager);
      try (GradientCollector collector = Engine.getEngine("PyTorch").newGradientCollector()) {
        NDArray output = network.forward(Fixtures.array(reference, "input", manager));
        collector.backward(output.sub(target).abs().mean());
      }
      for (Parameter parameter : network.parameters().all()) {
        if (PARAMETERS.contains(parameter.name())) {
          NDArray gradient = parameter.array().getGradient();
          close(gradient, reference, "gradient." + parameter.name(), 1e-5f);
        }
      }
    }
  }

  private static Checkpoint reference(int scale) {
    return Fixtures.npz("edsr/edsr_x" + scale + "_case.npz");
  }

  private static Network network(String model, int scale, NDManager manager) {
    Checkpoint weights = Fixtures.npz("edsr/edsr_x" + scale + "_weights.npz");
    return Network.load(model, new ModelTarget(3, scale), weights, "the fixture", manager);
  }

  private static void close(NDArray actual, Checkpoint reference, String name, float tolerance) {
    assertThat(actual.toFloatArray())
        .as(name)
        .containsExactly(reference.tensors().get(name).values(), within(tolerance));
  }
}

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

/**
 * What a PyTorch module computed: its weights, and for one input the output, the loss mean|output −
 * target| and gradients of it. The scripts lie beside the fixtures.
 */
record ReferenceCase(Checkpoint weights, Checkpoint values) {
  private static final String GRADIENT = "gradient.";
  private static final double OUTPUT_TOLERANCE = 1e-5;
  private static final double GRADIENT_TOLERANCE = 1e-4;

  /** Reads {@code <path>_weights.npz} and {@code <path>_case.npz} below the fixtures. */
  static ReferenceCase of(String path) {
    return new ReferenceCase(Fixtures.npz(path + "_weights.npz"), Fixtures.npz(path + "_case.npz"));
  }

  Network network(String model, ModelTarget target, NDManager manager) {
    return Network.load(model, target, weights, "the fixture", manager);
  }

  /** Requires the named output for the case's input. */
  void outputAgrees(Network network, String name) {
    try (NDManager pass = network.parameters().flat().getManager().newSubManager()) {
      NDArray output = network.forward(Fixtures.array(values, "input", pass));
      agrees(output, name, OUTPUT_TOLERANCE);
    }
  }

  /** Requires the output, and every gradient that the case has. */
  void agrees(Network network) {
    outputAgrees(network, "output");
    gradientsAgree(network);
  }

  /** Requires every gradient that the case has. */
  void gradientsAgree(Network network) {
    network.parameters().trainable();
    try (NDManager pass = network.parameters().flat().getManager().newSubManager()) {
      NDArray target = Fixtures.array(values, "target", pass);
      try (GradientCollector collector = Engine.getEngine("PyTorch").newGradientCollector()) {
        NDArray output = network.forward(Fixtures.array(values, "input", pass));
        collector.backward(output.sub(target).abs().mean());
      }
      List<String> compared =
          network.parameters().all().stream()
              .map(Parameter::name)
              .filter(name -> values.tensors().containsKey(GRADIENT + name))
              .toList();
      assertThat(compared).hasSizeGreaterThanOrEqualTo(3);
      for (Parameter parameter : network.parameters().all()) {
        if (compared.contains(parameter.name())) {
          NDArray gradient = parameter.array().getGradient();
          gradient.attach(pass);
          agrees(gradient, GRADIENT + parameter.name(), GRADIENT_TOLERANCE);
        }
      }
    }
  }

  // Relative to the greatest magnitude: a tolerance must not be wider than what it bounds.
  private void agrees(NDArray actual, String name, double tolerance) {
    float[] wanted = values.tensors().get(name).values();
    float greatest = 0;
    for (float value : wanted) {
      greatest = Math.max(greatest, Math.abs(value));
    }
    assertThat(greatest).as(name).isPositive();
    assertThat(actual.toFloatArray())
        .as(name)
        .containsExactly(wanted, within((float) (tolerance * greatest)));
  }
}

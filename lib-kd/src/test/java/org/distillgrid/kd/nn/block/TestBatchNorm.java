package org.distillgrid.kd.nn.block;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Activation;
import ai.djl.training.GradientCollector;
import java.util.ArrayList;
import java.util.Arrays;
import org.distillgrid.kd.Fixtures;
import org.distillgrid.kd.nn.Conv2d;
import org.distillgrid.kd.nn.GradientMode;
import org.distillgrid.kd.nn.InputRange;
import org.distillgrid.kd.nn.LayerFactory;
import org.distillgrid.kd.nn.Parameter;
import org.distillgrid.kd.nn.ParameterSet;
import org.distillgrid.kd.random.Draws;
import org.distillgrid.kd.weights.Checkpoint;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Batch normalisation against a PyTorch module; the script lies beside the fixture. */
class TestBatchNorm {
  private static final int WIDTH = 4;
  private static final float TOLERANCE = 1e-5f;

  private final Checkpoint fixture = Fixtures.npz("batchnorm/batchnorm.npz");
  private NDManager manager;
  private ParameterSet parameters;
  private Conv2d firstConv;
  private BatchNorm firstNorm;
  private Conv2d secondConv;
  private BatchNorm secondNorm;

  @BeforeEach
  void open() {
    manager = NDManager.newBaseManager();
    parameters = new ParameterSet();
    LayerFactory layers = LayerFactory.into(parameters, new ArrayList<>(), Draws.of("test"));
    firstConv = layers.conv("0", 2, WIDTH, 3, InputRange.SIGNED);
    firstNorm = new BatchNorm(layers.under("1"), WIDTH);
    secondConv = layers.conv("3", WIDTH, WIDTH, 3, InputRange.NON_NEGATIVE);
    secondNorm = new BatchNorm(layers.under("4"), WIDTH, new BatchNorm.Constants(1e-4f, 0.9f));
    parameters.open(manager);
    for (Parameter parameter : parameters.all()) {
      if (parameter.kind() == Parameter.Kind.LEARNED) {
        parameter.assign(Fixtures.array(fixture, "weights." + parameter.name(), manager));
      }
    }
  }

  @AfterEach
  void close() {
    parameters.close();
    manager.close();
  }

  private NDArray forward(NDArray input) {
    NDArray features = Activation.relu(firstNorm.forward(firstConv.forward(input)));
    return secondNorm.forward(secondConv.forward(features));
  }

  private NDArray array(String name, NDManager pass) {
    return Fixtures.array(fixture, name, pass);
  }

  private void agrees(NDArray actual, String name) {
    assertThat(actual.toFloatArray())
        .as(name)
        .containsExactly(fixture.tensors().get(name).values(), within(TOLERANCE));
  }

  private void trainingStep(int step) {
    try (NDManager pass = manager.newSubManager()) {
      try (GradientCollector collector = Engine.getEngine("PyTorch").newGradientCollector()) {
        NDArray output = forward(array("input" + step, pass));
        NDArray loss = output.sub(array("target" + step, pass)).abs().mean();
        collector.backward(loss);
        agrees(output, "output" + step);
      }
      for (Parameter parameter : parameters.all()) {
        if (parameter.kind() == Parameter.Kind.LEARNED) {
          NDArray gradient = parameter.array().getGradient();
          gradient.attach(pass);
          agrees(gradient, "gradient" + step + "." + parameter.name());
        }
      }
      parameters.clearGradient();
    }
  }

  private void statisticsAgree() {
    for (Parameter parameter : parameters.all()) {
      if (parameter.kind() == Parameter.Kind.STATISTIC) {
        agrees(parameter.array(), "statistic." + parameter.name());
      }
    }
  }

  @Test
  void trainsAndEvaluatesAsPyTorchDoes() {
    parameters.trainable();
    trainingStep(0);
    trainingStep(1);
    statisticsAgree();
    float[] buffer = parameters.flat().toFloatArray();
    assertThat(parameters.export(buffer).get("1.running_var").values())
        .containsExactly(fixture.tensors().get("statistic.1.running_var").values(), within(1e-5f));
    try (NDManager pass = manager.newSubManager()) {
      NDArray output = GradientMode.off(() -> forward(array("evaluation_input", pass)));
      agrees(output, "evaluation_output");
      assertThat(output.getManager()).isSameAs(pass);
    }
    assertThat(parameters.flat().toFloatArray()).containsExactly(buffer);
  }

  @Test
  void statisticsHaveNoGradientAndAreNotLearned() {
    parameters.trainable();
    trainingStep(0);
    try (NDManager pass = manager.newSubManager()) {
      try (GradientCollector collector = Engine.getEngine("PyTorch").newGradientCollector()) {
        collector.backward(forward(array("input0", pass)).square().sum());
      }
      float[] gradient = parameters.gradient(pass).toFloatArray();
      parameters
          .export(gradient)
          .forEach(
              (name, tensor) -> {
                float greatest = 0;
                for (float value : tensor.values()) {
                  greatest = Math.max(greatest, Math.abs(value));
                }
                assertThat(greatest == 0).as(name).isEqualTo(name.contains("running"));
              });
    }
    assertThat(parameters.elements() - parameters.learnedElements()).isEqualTo(4L * WIDTH);
  }

  @Test
  void whoIsNotTrainedTakesAndKeepsTheRunningStatistics() {
    float[] before = parameters.flat().toFloatArray();
    try (NDManager pass = manager.newSubManager();
        GradientCollector collector = Engine.getEngine("PyTorch").newGradientCollector()) {
      // A frozen teacher may run while the tape is on, for the sake of what depends on a student.
      NDArray input = pass.randomNormal(0, 1, new Shape(2, 2, 5, 5), DataType.FLOAT32);
      input.setRequiresGradient(true);
      NDArray alone = forward(input.get("0:1"));
      NDArray together = forward(input);
      assertThat(together.get("0:1").toFloatArray())
          .containsExactly(alone.toFloatArray(), within(TOLERANCE));
      collector.backward(together.square().sum());
      assertThat(Arrays.equals(parameters.flat().toFloatArray(), before)).isTrue();
    }
  }
}

package org.distillgrid.kd.nn.optimizer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.GradientCollector;
import java.util.List;
import org.distillgrid.kd.Fixtures;
import org.distillgrid.kd.model.ModelTarget;
import org.distillgrid.kd.model.Network;
import org.distillgrid.kd.nn.Initializer;
import org.distillgrid.kd.nn.Parameter;
import org.distillgrid.kd.nn.ParameterSet;
import org.distillgrid.kd.random.Draws;
import org.distillgrid.kd.weights.Checkpoint;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class TestAdam {
  private static final double UNBOUNDED = 1e9;

  @Test
  void stepsAreThoseOfPyTorch() {
    assertSteps("adam", Optimizer.STANDARD, UNBOUNDED);
  }

  @Test
  void decayInTheGradientIsThatOfPyTorch() {
    assertSteps("adam-decay", decaying(Optimizer.Kind.ADAM), UNBOUNDED);
  }

  @Test
  void decayBesideTheGradientIsThatOfPyTorch() {
    assertSteps("adamw", decaying(Optimizer.Kind.ADAMW), UNBOUNDED);
  }

  @Test
  void clippedStepsAreThoseOfPyTorch() {
    assertSteps("adamw-clip", decaying(Optimizer.Kind.ADAMW), 0.5);
  }

  @ParameterizedTest
  @EnumSource(Optimizer.Kind.class)
  void whatIsObservedDoesNotDecay(Optimizer.Kind kind) {
    ModelTarget target = new ModelTarget(1, 1);
    try (NDManager manager = NDManager.newBaseManager();
        Network network = Network.build("dncnn-c4-d3-n1", target, Draws.of("x"), manager)) {
      ParameterSet set = network.parameters().trainable();
      float[] before = set.flat().toFloatArray();
      float[] learned = set.learnedMask(manager).toFloatArray();
      try (Adam adam = new Adam(set, decaying(kind), manager);
          NDManager step = manager.newSubManager()) {
        NDArray still = step.zeros(new Shape(before.length));
        adam.update(1, 0.01, still, step);
      }
      float[] after = set.flat().toFloatArray();
      int statistics = 0;
      for (int i = 0; i < before.length; i++) {
        if (learned[i] == 0) {
          statistics++;
          assertThat(after[i]).isEqualTo(before[i]);
        } else if (before[i] != 0) {
          assertThat(after[i]).isNotEqualTo(before[i]);
        }
      }
      // Running mean and variance of four channels.
      assertThat(statistics).isEqualTo(8);
    }
  }

  private static Optimizer decaying(Optimizer.Kind kind) {
    return new Optimizer(kind, 0.8, 0.999, 0.1);
  }

  private static void assertSteps(String name, Optimizer optimizer, double bound) {
    Checkpoint fixture = Fixtures.npz("adam/" + name + ".npz");
    float[] rates = fixture.tensors().get("learning_rates").values();
    try (NDManager manager = NDManager.newBaseManager();
        ParameterSet set = new ParameterSet()) {
      NDArray start = Fixtures.array(fixture, "start", manager);
      Parameter parameter =
          set.add("x", start.getShape(), Initializer.constant(0), Draws.of("none"));
      set.open(manager);
      parameter.assign(start);
      set.trainable();
      NDArray gradients = Fixtures.array(fixture, "gradients", manager);
      NDArray expected = Fixtures.array(fixture, "parameters", manager);
      try (Adam adam = new Adam(set, optimizer, manager)) {
        for (int t = 0; t < rates.length; t++) {
          try (NDManager step = manager.newSubManager()) {
            try (GradientCollector collector = Engine.getEngine("PyTorch").newGradientCollector()) {
              collector.backward(gradients.get(t).mul(parameter.array()).sum());
            }
            List<NDArray> gradient = List.of(set.gradient(step));
            adam.update(t + 1, rates[t], GradientBound.under(bound, gradient).get(0), step);
          }
          assertThat(parameter.array().toFloatArray())
              .as("after step %d", t + 1)
              .containsExactly(expected.get(t).toFloatArray(), within(1e-6f));
        }
      }
    }
  }
}

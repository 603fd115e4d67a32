package org.distillgrid.kd.nn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.training.GradientCollector;
import org.distillgrid.kd.Fixtures;
import org.distillgrid.kd.random.Draws;
import org.distillgrid.kd.weights.Checkpoint;
import org.junit.jupiter.api.Test;

class TestAdam {
  @Test
  void stepsAreThoseOfPyTorch() {
    Checkpoint fixture = Fixtures.npz("adam/adam.npz");
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
      try (Adam adam = new Adam(set, manager)) {
        for (int t = 0; t < rates.length; t++) {
          try (NDManager step = manager.newSubManager()) {
            try (GradientCollector collector = Engine.getEngine("PyTorch").newGradientCollector()) {
              collector.backward(gradients.get(t).mul(parameter.array()).sum());
            }
            adam.update(t + 1, rates[t], step);
          }
          assertThat(parameter.array().toFloatArray())
              .as("after step %d", t + 1)
              .containsExactly(expected.get(t).toFloatArray(), within(1e-6f));
        }
      }
    }
  }
}

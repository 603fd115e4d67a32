package org.distillgrid.kd.nn;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.GradientCollector;
import org.distillgrid.kd.random.Draws;
import org.junit.jupiter.api.Test;

class TestParameterSet {
  @Test
  void parametersAreViewsOfOneBuffer() {
    try (NDManager manager = NDManager.newBaseManager();
        ParameterSet set = new ParameterSet()) {
      Parameter first = set.add("a", new Shape(2), Initializer.constant(1), Draws.of("x"));
      Parameter second = set.add("b", new Shape(2, 2), Initializer.constant(2), Draws.of("x"));
      set.open(manager).trainable();
      set.flat().addi(set.flat());
      assertThat(first.array().toFloatArray()).containsExactly(2, 2);
      assertThat(second.array().toFloatArray()).containsExactly(4, 4, 4, 4);
      set.overwrite(new float[] {1, 2, 3, 4, 5, 6});
      assertThat(first.array().toFloatArray()).containsExactly(1, 2);
      assertThat(second.array().toFloatArray()).containsExactly(3, 4, 5, 6);
    }
  }

  @Test
  void gradientsFollowTheLayoutOfTheBuffer() {
    try (NDManager manager = NDManager.newBaseManager();
        ParameterSet set = new ParameterSet()) {
      Parameter first = set.add("a", new Shape(2), Initializer.constant(1), Draws.of("x"));
      Parameter second = set.add("b", new Shape(2, 1), Initializer.constant(3), Draws.of("x"));
      set.open(manager).trainable();
      for (int repeat = 0; repeat < 2; repeat++) {
        try (NDManager step = manager.newSubManager()) {
          try (GradientCollector collector = Engine.getEngine("PyTorch").newGradientCollector()) {
            NDArray weights = step.create(new float[] {5, 7});
            NDArray loss =
                weights.mul(first.array()).sum().add(weights.mul(second.in(step).flatten()).sum());
            collector.backward(loss.add(second.in(step).sum()));
          }
          assertThat(set.gradient(step).toFloatArray()).containsExactly(5, 7, 6, 8);
          set.clearGradient();
        }
      }
    }
  }
}

package org.distillgrid.kd.nn.block;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.GradientCollector;
import java.util.ArrayList;
import org.distillgrid.kd.nn.LayerFactory;
import org.distillgrid.kd.nn.ParameterSet;
import org.distillgrid.kd.random.Draws;
import org.junit.jupiter.api.Test;

class TestContrastAttention {
  @Test
  void learnsFromChannelsWithoutContrast() {
    ParameterSet parameters = new ParameterSet();
    LayerFactory layers = LayerFactory.into(parameters, new ArrayList<>(), Draws.of("t"));
    ContrastAttention attention = new ContrastAttention(layers, 4, 2);
    try (NDManager manager = NDManager.newBaseManager()) {
      parameters.open(manager).trainable();
      NDArray flat = manager.ones(new Shape(1, 4, 3, 3));
      flat.setRequiresGradient(true);
      try (GradientCollector collector = Engine.getEngine("PyTorch").newGradientCollector()) {
        collector.backward(attention.forward(flat).sum());
      }
      assertThat(flat.getGradient().isNaN().any().getBoolean()).isFalse();
      assertThat(flat.getGradient().abs().min().getFloat()).isPositive();
      assertThat(parameters.gradient(manager).isNaN().any().getBoolean()).isFalse();
    }
    parameters.close();
  }
}

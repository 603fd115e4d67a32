package com.example;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import org.distillgrid.kd.model.ModelTarget;
import org.distillgrid.kd.model.Network;
import org.distillgrid.kd.random.Draws;
import org.junit.jupiter.api.Test;

class TestEspcn {
  @Test
  void enlargesByItsScaleWithAsManyParametersAsThePaperHas() {
    try (NDManager manager = NDManager.newBaseManager();
        Network network = build("espcn", new ModelTarget(1, 3), manager)) {
      NDArray output = network.forward(manager.ones(new Shape(2, 1, 7, 5)));

      assertThat(output.getShape()).isEqualTo(new Shape(2, 1, 21, 15));
      long weights = 5 * 5 * 64 + 3 * 3 * 64 * 32 + 3 * 3 * 32 * 9;
      assertThat(network.parameters().learnedElements()).isEqualTo(weights + 64 + 32 + 9);
    }
  }

  @Test
  void refusesALayerTooMany() {
    try (NDManager manager = NDManager.newBaseManager()) {
      assertThatThrownBy(() -> build("espcn-c8x4x2", new ModelTarget(3, 2), manager))
          .hasMessage("Cannot build espcn-c8x4x2: c takes 2 numbers, not 3");
    }
  }

  private static Network build(String name, ModelTarget target, NDManager manager) {
    return Network.build(name, target, Draws.of("first values"), manager);
  }
}

package org.distillgrid.kd.nn.optimizer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import java.util.List;
import org.junit.jupiter.api.Test;

class TestGradientBound {
  @Test
  void shortensAllAlikeToTheNormOfAll() {
    try (NDManager manager = NDManager.newBaseManager()) {
      // Of norm 13 together.
      List<NDArray> shortened = GradientBound.under(2.6, gradients(manager));

      assertThat(shortened.get(0).toFloatArray())
          .containsExactly(new float[] {0.6f, -0.8f}, within(1e-6f));
      assertThat(shortened.get(1).toFloatArray())
          .containsExactly(new float[] {2.4f}, within(1e-6f));
    }
  }

  @Test
  void leavesShorterOnesAlone() {
    try (NDManager manager = NDManager.newBaseManager()) {
      List<NDArray> same = GradientBound.under(13.1, gradients(manager));

      assertThat(same.get(0).toFloatArray()).containsExactly(3, -4);
      assertThat(same.get(1).toFloatArray()).containsExactly(12);
    }
  }

  @Test
  void leavesNoGradientNone() {
    try (NDManager manager = NDManager.newBaseManager()) {
      List<NDArray> none = GradientBound.under(0.01, List.of(manager.create(new float[] {0, 0})));

      assertThat(none.get(0).toFloatArray()).containsExactly(0, 0);
    }
  }

  private static List<NDArray> gradients(NDManager manager) {
    return List.of(manager.create(new float[] {3, -4}), manager.create(new float[] {12}));
  }
}

package org.distillgrid.kd.distill.spark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.util.SortedMap;
import java.util.TreeMap;
import org.distillgrid.kd.distill.MethodSum;
import org.distillgrid.kd.random.Draws;
import org.distillgrid.kd.registry.OptionValues;
import org.distillgrid.kd.weights.HostTensor;
import org.junit.jupiter.api.Test;

class TestCritic {
  private static final Shape IMAGES = new Shape(2, 1, 1, 1);
  private static final Shape CELLS = new Shape(2, 1, 8, 8);

  @Test
  void itComesToExpectWhatComesOfAnImage() {
    try (NDManager manager = NDManager.newBaseManager();
        Critic critic = critic(manager)) {
      float[] came = {2, -1};
      float[] expected = {};
      for (int update = 1; update <= 400; update++) {
        expected = learn(critic, came, IMAGES, update, manager);
      }
      assertThat(expected).containsExactly(came, within(0.1f));
    }
  }

  @Test
  void ofCellsItSeesTheSignals() {
    try (NDManager manager = NDManager.newBaseManager();
        Critic critic = critic(manager)) {
      float[] came = new float[128];
      float[] first = signals(manager).get(":,0:1").toFloatArray();
      for (int i = 0; i < came.length; i++) {
        came[i] = 2 * first[i] - 1;
      }
      float[] expected = {};
      for (int update = 1; update <= 400; update++) {
        expected = learn(critic, came, CELLS, update, manager);
      }
      assertThat(expected).containsExactly(came, within(0.3f));
    }
  }

  @Test
  void whatItExpectedIsFromBeforeItLearned() {
    try (NDManager manager = NDManager.newBaseManager();
        Critic one = critic(manager);
        Critic other = critic(manager)) {
      float[] before = learn(one, new float[] {5, 5}, IMAGES, 1, manager);
      assertThat(learn(other, new float[] {-5, 0}, IMAGES, 1, manager)).isEqualTo(before);
      assertThat(learn(one, new float[] {5, 5}, IMAGES, 2, manager)).isNotEqualTo(before);
    }
  }

  @Test
  void aRestoredOneGoesOnAlike() {
    try (NDManager manager = NDManager.newBaseManager();
        Critic critic = critic(manager);
        Critic restored = critic(manager)) {
      learn(critic, new float[] {1, 2}, IMAGES, 1, manager);
      SortedMap<String, HostTensor> state = new TreeMap<>();
      critic.export(state);
      restored.restore(state);
      for (int update = 2; update < 5; update++) {
        assertThat(learn(restored, new float[] {1, 2}, IMAGES, update, manager))
            .isEqualTo(learn(critic, new float[] {1, 2}, IMAGES, update, manager));
      }
    }
  }

  private static float[] learn(
      Critic critic, float[] came, Shape shape, long update, NDManager manager) {
    try (NDManager scratch = manager.newSubManager()) {
      return critic.learn(signals(scratch), came, shape, update, scratch);
    }
  }

  private static NDArray signals(NDManager manager) {
    var draws = Draws.of("signals").at(0, "values");
    float[] values = new float[2 * 4 * 64];
    for (int i = 0; i < values.length; i++) {
      values[i] = draws.nextFloat();
    }
    return manager.create(values, new Shape(2, 4, 8, 8));
  }

  private static Critic critic(NDManager manager) {
    OptionValues values = MethodSum.parse("spark(rate=0.01,norm=100)").settings().get(0).values();
    return new Critic(values, Draws.of("critic"), manager);
  }
}

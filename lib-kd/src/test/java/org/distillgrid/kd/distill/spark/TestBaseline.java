package org.distillgrid.kd.distill.spark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class TestBaseline {
  @Test
  void theFirstBatchIsJudgedByItself() {
    Baseline baseline = new Baseline(0.9, 3);
    assertThat(baseline.advantages(new float[] {1, 3}))
        .containsExactly(new float[] {-1, 1}, within(1e-6f));
  }

  @Test
  void laterOnesAreJudgedByThoseBefore() {
    Baseline baseline = new Baseline(0.9, 3);
    baseline.advantages(new float[] {1, 3});
    // b = 2, variance = 1.
    assertThat(baseline.advantages(new float[] {2, 4}))
        .containsExactly(new float[] {0, 2}, within(1e-6f));
    // b = 0.9·2 + 0.1·3, variance = 0.9·1 + 0.1·(0 + 4)/2.
    float expected = (float) ((3.2 - 2.1) / Math.sqrt(1.1));
    assertThat(baseline.advantages(new float[] {3.2f}))
        .containsExactly(new float[] {expected}, within(1e-5f));
  }

  @Test
  void advantagesAreClipped() {
    Baseline baseline = new Baseline(0.9, 3);
    assertThat(baseline.advantages(new float[] {5, 5})).containsExactly(0, 0);
    assertThat(baseline.advantages(new float[] {6, -6})).containsExactly(3, -3);
  }

  @Test
  void aRestoredOneGoesOnAlike() {
    Baseline baseline = new Baseline(0.9, 3);
    baseline.advantages(new float[] {0.1f, 0.7f});
    Baseline restored = new Baseline(0.9, 3);
    restored.restore(baseline.export());
    float[] rewards = {0.3f, 0.33f};
    assertThat(restored.advantages(rewards)).isEqualTo(baseline.advantages(rewards));
    assertThat(restored.export().values()).isEqualTo(baseline.export().values());
  }
}

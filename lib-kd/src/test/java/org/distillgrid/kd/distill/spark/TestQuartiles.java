package org.distillgrid.kd.distill.spark;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

class TestQuartiles {
  @Test
  void cellsAreRankedWithinTheirImage() {
    float[] signals = new float[2 * 4 * 4];
    // The pixel signal of both images: the second one's is larger everywhere, and falls.
    System.arraycopy(new float[] {0, 1, 2, 3}, 0, signals, 4, 4);
    System.arraycopy(new float[] {9, 8, 7, 6}, 0, signals, 20, 4);
    float[] weights = {0.1f, 0.2f, 0.3f, 0.4f, 1, 2, 3, 4};
    Map<String, Double> means = Quartiles.of(signals, weights, 4);
    assertThat(means).hasSize(16);
    assertThat(means.get("pixel_q1")).isEqualTo(((double) 0.1f + 4) / 2);
    assertThat(means.get("pixel_q4")).isEqualTo(((double) 0.4f + 1) / 2);
    assertThat(means.get("gap_q1")).isEqualTo(((double) 0.1f + 1) / 2);
  }

  @Test
  void fewCellsHaveNone() {
    assertThat(Quartiles.of(new float[4], new float[1], 1)).isEmpty();
  }
}

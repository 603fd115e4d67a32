package org.distillgrid.kd.distill.spark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import org.junit.jupiter.api.Test;

class TestGain {
  private static final float[] BEFORE = {0.5f, 0.1f, 0, 0.2f, 0.4f, 0.4f, 0.4f, 0.4f};
  private static final float[] AFTER = {0.3f, 0.1f, 0, 0.3f, 0.4f, 0.4f, 0.4f, 0.2f};

  @Test
  void peakSignalToNoise() {
    double first = 10 * Math.log10((0.25 + 0.01 + 0.04) / (0.09 + 0.01 + 0.09));
    double second = 10 * Math.log10((4 * 0.16) / (3 * 0.16 + 0.04));
    assertThat(gains(Gain.PSNR))
        .containsExactly(new float[] {(float) first, (float) second}, within(1e-4f));
  }

  @Test
  void relativeError() {
    assertThat(gains(Gain.RELATIVE_L1))
        .containsExactly(new float[] {0.1f / 0.8f, 0.2f / 1.6f}, within(1e-5f));
  }

  @Test
  void cellsShareTheGainOfTheirImage() {
    float[] cells = {0.2f / 0.2f, 0, 0, -0.1f / 0.2f, 0, 0, 0, 0.2f / 0.4f};
    assertThat(gains(Gain.SPATIAL_L1)).containsExactly(cells, within(1e-5f));
    float[] images = gains(Gain.RELATIVE_L1);
    assertThat((cells[0] + cells[3]) / 4).isCloseTo(images[0], within(1e-5f));
  }

  private static float[] gains(Gain gain) {
    try (NDManager manager = NDManager.newBaseManager()) {
      Shape shape = new Shape(2, 1, 2, 2);
      NDArray target = manager.zeros(shape);
      NDArray before = manager.create(BEFORE, shape);
      return gain.of(before, manager.create(AFTER, shape), target, 2).toFloatArray();
    }
  }
}

package org.distillgrid.kd.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.distillgrid.kd.error.GridException;
import org.junit.jupiter.api.Test;

class TestUnitRange {
  @Test
  void everyValueComesBack() {
    byte[] samples = new byte[256];
    for (int i = 0; i < samples.length; i++) {
      samples[i] = (byte) i;
    }
    PlanarImage image = new PlanarImage(1, 16, 16, samples);
    float[] values = UnitRange.of(image);
    assertThat(values[255]).isEqualTo(1f);
    assertThat(UnitRange.image(values, 1, 16, 16).samples()).isEqualTo(samples);
  }

  @Test
  void clampsAndRoundsHalfUp() {
    float[] values = {-0.3f, 1.7f, 0.5f, Float.POSITIVE_INFINITY, 1.49f / 255, 1.51f / 255};
    assertThat(UnitRange.image(values, 1, 2, 3).samples()).containsExactly(0, 255, 128, 255, 1, 2);
  }

  @Test
  void refusesWhatIsNotANumber() {
    assertThatThrownBy(() -> UnitRange.image(new float[] {0, Float.NaN}, 1, 1, 2))
        .isInstanceOf(GridException.class)
        .hasMessage("Cannot make an image of a network's output: value 1 is NaN");
  }
}

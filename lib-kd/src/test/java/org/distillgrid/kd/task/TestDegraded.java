package org.distillgrid.kd.task;

import static org.assertj.core.api.Assertions.assertThat;

import org.distillgrid.kd.image.Channels;
import org.distillgrid.kd.image.Luma;
import org.distillgrid.kd.image.MatlabBicubic;
import org.distillgrid.kd.image.PlanarImage;
import org.distillgrid.kd.image.Plane;
import org.distillgrid.kd.image.UnitRange;
import org.distillgrid.kd.random.Draws;
import org.junit.jupiter.api.Test;

class TestDegraded {
  private final Task task = new SuperResolution(2);

  @Test
  void superResolutionShowsLumaUnrounded() {
    PlanarImage luma = task.channels(1).of(image());
    assertThat(luma.samples()).isEqualTo(Luma.of(image()).rounded().samples());
    Degraded degraded = task.degraded(luma);
    assertThat(degraded.stored().samples()).isEqualTo(task.degrade(luma).samples());
    Plane exact = MatlabBicubic.downscale(Plane.of(luma, 0), 2);
    float[] input = task.input(degraded, Draws.of("t").at(0, "input"));
    assertThat(input).isEqualTo(UnitRange.of(exact));
    assertThat(input).isNotEqualTo(UnitRange.of(degraded.stored()));
    assertThat(input[7]).isEqualTo((float) (exact.values()[7] / 255));
  }

  @Test
  void superResolutionShowsColourAsItIsStored() {
    assertThat(task.channels(3)).isEqualTo(Channels.RGB);
    Degraded degraded = task.degraded(image());
    assertThat(degraded.exact()).isEmpty();
    float[] input = task.input(degraded, Draws.of("t").at(0, "input"));
    assertThat(input).isEqualTo(UnitRange.of(task.degrade(image())));
  }

  private static PlanarImage image() {
    byte[] samples = new byte[3 * 8 * 10];
    for (int i = 0; i < samples.length; i++) {
      samples[i] = (byte) (i * 53 % 256);
    }
    return new PlanarImage(3, 8, 10, samples);
  }
}

package org.distillgrid.kd.task;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.distillgrid.kd.Fixtures;
import org.distillgrid.kd.image.PlanarImage;
import org.distillgrid.kd.task.Judgement.ColorSpace;
import org.distillgrid.kd.weights.Checkpoint;
import org.distillgrid.kd.weights.HostTensor;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** PSNR and SSIM against the formulas of MATLAB's scripts and BasicSR in numpy and scipy. */
class TestPublishedScores {
  private static final Checkpoint FIXTURE = Fixtures.npz("ssim/ssim.npz");

  @ParameterizedTest
  @CsvSource({"matlab_y, Y, 0", "basicsr_y, Y, 4", "basicsr_rgb, RGB, 4", "matlab_grey, GREY, 0"})
  void areThoseOfTheFieldsTools(String tool, ColorSpace space, int crop) {
    float[] published = FIXTURE.tensors().get(tool).values();

    Score score =
        Comparison.by(new Judgement(space, crop)).score(image("reference"), image("restored"));

    assertThat(score.psnr()).isCloseTo(published[0], within(1e-5));
    assertThat(score.ssim().orElseThrow()).isCloseTo(published[1], within(1e-6));
    assertThat(score.lpips()).isEmpty();
  }

  private static PlanarImage image(String name) {
    HostTensor tensor = FIXTURE.tensors().get(name);
    byte[] samples = new byte[tensor.values().length];
    for (int i = 0; i < samples.length; i++) {
      samples[i] = (byte) (int) tensor.values()[i];
    }
    long[] shape = tensor.shape();
    return new PlanarImage((int) shape[0], (int) shape[1], (int) shape[2], samples);
  }
}

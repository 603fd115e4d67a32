package org.distillgrid.kd.task;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.distillgrid.kd.error.ErrorCode;
import org.distillgrid.kd.error.GridException;
import org.distillgrid.kd.image.MatlabBicubic;
import org.distillgrid.kd.image.PlanarImage;
import org.distillgrid.kd.random.Draws;
import org.distillgrid.kd.task.Judgement.ColorSpace;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TestSuperResolution {
  private static Task task(int scale) {
    return Tasks.of(SuperResolution.NAME, scale);
  }

  @ParameterizedTest
  @ValueSource(ints = {2, 3, 4, 8})
  void alignsDegradesAndJudgesByItsScale(int scale) {
    Task task = task(scale);
    PlanarImage image = image(3, 50, 61);
    PlanarImage aligned = task.align(image);
    assertThat(aligned.height()).isEqualTo(50 / scale * scale);
    assertThat(aligned.width()).isEqualTo(61 / scale * scale);
    assertThat(aligned.at(2, 7, 9)).isEqualTo(image.at(2, 7, 9));
    assertThat(task.align(aligned)).isSameAs(aligned);
    PlanarImage small = task.degrade(aligned);
    assertThat(small)
        .usingRecursiveComparison()
        .isEqualTo(MatlabBicubic.resize(aligned, 50 / scale, 61 / scale));
    float[] input = task.input(small, Draws.of("image").at(0, "input"));
    assertThat(input).hasSize(small.samples().length);
    assertThat(input[5]).isCloseTo((small.samples()[5] & 0xff) / 255f, within(1e-7f));
    assertThat(task.judgement()).isEqualTo(new Judgement(ColorSpace.Y, scale));
    assertThat(task.scale()).isEqualTo(scale);
  }

  @Test
  void refusesWhatItLacks() {
    assertThatThrownBy(() -> task(5))
        .isInstanceOf(GridException.class)
        .hasMessage("Unknown scale of task sr: 5 (valid: 2, 3, 4, 8)");
    assertThatThrownBy(() -> task(4).align(image(1, 3, 20)))
        .hasMessage("Cannot shrink an image of 3×20 pixels by 4");
  }

  @Test
  void comparesInsideTheBorder() {
    PlanarImage reference = image(3, 30, 32);
    byte[] samples = reference.samples().clone();
    samples[0] += 50;
    samples[32 * 30 - 1] += 50;
    PlanarImage border = new PlanarImage(3, 30, 32, samples);
    Score inside = Comparison.by(new Judgement(ColorSpace.RGB, 1)).score(reference, border);
    assertThat(inside.psnr()).isEqualTo(Double.POSITIVE_INFINITY);
    Score whole = Comparison.by(new Judgement(ColorSpace.RGB, 0)).score(reference, border);
    double error = 2 * 50 * 50 / (3.0 * 30 * 32);
    assertThat(whole.psnr()).isCloseTo(10 * Math.log10(65025 / error), within(1e-9));
    assertThat(whole.ssim().orElseThrow()).isBetween(0.9, 0.99999999999);
  }

  @Test
  void refusesImagesThatCannotBeCompared() {
    Comparison comparison = Comparison.by(new Judgement(ColorSpace.Y, 2));
    assertThatThrownBy(() -> comparison.score(image(3, 20, 20), image(3, 20, 22)))
        .isInstanceOfSatisfying(
            GridException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.INPUT))
        .hasMessage(
            "Cannot compare images of different shapes: reference 3×20×20, restored 3×20×22");
    assertThatThrownBy(() -> comparison.score(image(3, 4, 20), image(3, 4, 20)))
        .hasMessage(
            "Cannot compare images of 4×20 pixels: nothing remains without 2 at each border");
  }

  @Test
  void imagesSmallerThanTheWindowHaveNoSimilarity() {
    Comparison comparison = Comparison.by(new Judgement(ColorSpace.Y, 2));
    PlanarImage reference = image(3, 14, 20);
    byte[] samples = reference.samples().clone();
    for (int i = 0; i < samples.length; i++) {
      samples[i]++;
    }
    Score score = comparison.score(reference, new PlanarImage(3, 14, 20, samples));
    double luma = 219 / 255.0;
    assertThat(score.psnr()).isCloseTo(20 * Math.log10(255 / luma), within(1e-9));
    assertThat(score.ssim()).isEmpty();
    assertThat(comparison.score(image(3, 15, 15), image(3, 15, 15)).ssim()).hasValue(1);
  }

  private static PlanarImage image(int channels, int height, int width) {
    byte[] samples = new byte[channels * height * width];
    for (int i = 0; i < samples.length; i++) {
      samples[i] = (byte) (i * 37 % 150 + i % 11);
    }
    return new PlanarImage(channels, height, width, samples);
  }
}

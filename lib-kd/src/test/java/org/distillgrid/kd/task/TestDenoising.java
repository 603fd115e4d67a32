package org.distillgrid.kd.task;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.OptionalInt;
import org.distillgrid.kd.error.ErrorCode;
import org.distillgrid.kd.error.GridException;
import org.distillgrid.kd.image.PlanarImage;
import org.distillgrid.kd.random.Draws;
import org.distillgrid.kd.task.Judgement.ColorSpace;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TestDenoising {
  private static PlanarImage flat(int channels, int height, int width, int value) {
    byte[] samples = new byte[channels * height * width];
    Arrays.fill(samples, (byte) value);
    return new PlanarImage(channels, height, width, samples);
  }

  @ParameterizedTest
  @ValueSource(ints = {15, 25, 50})
  void addsNoiseOfItsDeviation(int sigma) {
    Task task = Tasks.of("denoise-s" + sigma, 1);
    PlanarImage black = flat(1, 300, 400, 0);
    float[] input = task.input(black, Draws.of("image").at(0, "input"));
    double sum = 0;
    double squares = 0;
    int beyond = 0;
    for (float value : input) {
      sum += value;
      squares += (double) value * value;
      if (Math.abs(value) > 2 * sigma / 255.0) {
        beyond++;
      }
    }
    // Five standard errors of each estimate; nothing is clipped at black.
    double deviation = sigma / 255.0;
    int count = input.length;
    assertThat(sum / count).isCloseTo(0, within(5 * deviation / Math.sqrt(count)));
    assertThat(Math.sqrt(squares / count))
        .isCloseTo(deviation, within(5 * deviation / Math.sqrt(2.0 * count)));
    assertThat((double) beyond / count).isCloseTo(0.0455, within(0.003));
    assertThat(input[0] * 255 % 1).isNotZero();
  }

  @Test
  void keepsTheImageAsItIsAndAddsNoiseToIt() {
    Task task = Tasks.of("denoise-s1", 1);
    PlanarImage image = flat(3, 12, 13, 200);
    assertThat(task.align(image)).isSameAs(image);
    assertThat(task.degrade(image)).isSameAs(image);
    for (float value : task.input(image, Draws.of("image").at(0, "input"))) {
      assertThat(value).isCloseTo(200 / 255f, within(6 / 255f));
    }
    assertThat(task.judgement()).isEqualTo(new Judgement(ColorSpace.RGB, 0));
    assertThat(task.scale()).isEqualTo(1);
  }

  @Test
  void noiseDependsOnTheDrawsAlone() {
    Task task = Tasks.of("denoise", 1);
    PlanarImage image = flat(1, 16, 16, 90);
    float[] first = task.input(image, Draws.of("a").at(3, "input"));
    assertThat(task.input(image, Draws.of("a").at(3, "input"))).containsExactly(first);
    assertThat(task.input(image, Draws.of("b").at(3, "input"))).isNotEqualTo(first);
    assertThat(task.input(image, Draws.of("a").at(4, "input"))).isNotEqualTo(first);
  }

  @ParameterizedTest
  @CsvSource({
    "denoise, denoise-s25",
    "denoise-s25, denoise-s25",
    "denoise-s25.0, denoise-s25",
    "denoise-s7.5, denoise-s7.5",
    "sr, sr"
  })
  void aNameHasOneSpelling(String name, String canonical) {
    assertThat(TaskName.parse(name, Tasks.registry()).canonical()).isEqualTo(canonical);
    if (!name.equals("sr")) {
      assertThat(Tasks.of(name, OptionalInt.empty()).name()).isEqualTo(canonical);
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "denoise-s0|Cannot set task denoise-s0: s must lie between 1 and 100",
        "denoise-s101|Cannot set task denoise-s101: s must lie between 1 and 100",
        "denoise-s15x25|Cannot set task denoise-s15x25: s takes one number, not 2",
        "denoise-s15-s25|Cannot set task denoise-s15-s25: s is given twice",
        "denoise-sigma25|Cannot set task denoise-sigma25: denoise has no option sigma (valid: s)",
        "denoise-25|Cannot set task denoise-25: 25 is no option of denoise, which takes letters and"
            + " a number (s)",
        "denoize-s25|Unknown task: denoize (did you mean denoise?)",
        "sr-s25|Cannot set task sr-s25: sr takes no options, found s25"
      })
  void refusesWrongNames(String name, String message) {
    assertThatThrownBy(() -> Tasks.of(name, 1))
        .isInstanceOfSatisfying(
            GridException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.USAGE))
        .hasMessage(message);
  }

  @Test
  void asksForAScaleWhereThereAreSeveral() {
    assertThatThrownBy(() -> Tasks.of("sr", OptionalInt.empty()))
        .hasMessage("Cannot set task sr: it needs a scale (valid: 2, 3, 4, 8)");
    assertThatThrownBy(() -> Tasks.of("denoise-s15", 2))
        .hasMessage("Unknown scale of task denoise-s15: 2 (valid: 1)");
  }
}

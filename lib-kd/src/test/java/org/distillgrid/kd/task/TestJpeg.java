package org.distillgrid.kd.task;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.distillgrid.kd.Fixtures;
import org.distillgrid.kd.error.GridException;
import org.distillgrid.kd.image.Channels;
import org.distillgrid.kd.image.Luma;
import org.distillgrid.kd.image.PlanarImage;
import org.distillgrid.kd.image.UnitRange;
import org.distillgrid.kd.random.Draws;
import org.distillgrid.kd.task.Judgement.ColorSpace;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TestJpeg {
  @Test
  void storesTheDecodedImage() {
    Task task = Tasks.of("jpeg-q35", 1);
    PlanarImage picture = Fixtures.image("degrade/picture.png");
    PlanarImage stored = task.degrade(task.align(picture));
    assertThat(stored.samples())
        .isEqualTo(Fixtures.image("degrade/jpeg-rgb-q35.png").samples())
        .isNotEqualTo(picture.samples());
    assertThat(task.input(stored, Draws.of("a").at(0, "input"))).isEqualTo(UnitRange.of(stored));
    assertThat(task.inputIsFixed()).isTrue();
    assertThat(task.scale()).isEqualTo(1);
  }

  @Test
  void isJudgedOnLumaAndRestoresItWithOneChannel() {
    Task task = Tasks.of("jpeg", 1);
    assertThat(task.name()).isEqualTo("jpeg-q10");
    assertThat(task.judgement()).isEqualTo(new Judgement(ColorSpace.Y, 0));
    assertThat(task.channels(1)).isEqualTo(Channels.LUMA);
    assertThat(task.channels(3)).isEqualTo(Channels.RGB);
    PlanarImage luma = Luma.rounded(Fixtures.image("degrade/picture.png"));
    assertThat(task.degrade(luma).channels()).isEqualTo(1);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "jpeg-q9|Cannot set task jpeg-q9: q must lie between 10 and 95",
        "jpeg-q96|Cannot set task jpeg-q96: q must lie between 10 and 95",
        "jpeg-q10.5|Cannot set task jpeg-q10.5: q must be a whole number",
        "jpeg-10|Cannot set task jpeg-10: 10 is no option of jpeg, which takes letters and a number"
            + " (q)"
      })
  void refusesOtherQualities(String name, String message) {
    assertThatThrownBy(() -> Tasks.of(name, 1))
        .isInstanceOf(GridException.class)
        .hasMessage(message);
  }
}

package org.distillgrid.kd.task;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.distillgrid.kd.error.ErrorCode;
import org.distillgrid.kd.error.GridException;
import org.distillgrid.kd.image.Channels;
import org.distillgrid.kd.image.PlanarImage;
import org.distillgrid.kd.image.UnitRange;
import org.distillgrid.kd.random.Draws;
import org.junit.jupiter.api.Test;

class TestPairs {
  @Test
  void isJudgedAsItsScaleSays() {
    assertThat(Tasks.of("pairs", 1).judgement())
        .isEqualTo(new Judgement(Judgement.ColorSpace.RGB, 0));
    for (int scale : List.of(2, 3, 4)) {
      assertThat(Tasks.of("pairs", scale).judgement())
          .isEqualTo(new SuperResolution(scale).judgement());
    }
    assertThatThrownBy(() -> Tasks.of("pairs", 8))
        .hasMessage("Unknown scale of task pairs: 8 (valid: 1, 2, 3, 4)");
  }

  @Test
  void showsNetworksTheInputAsItIsStored() {
    PlanarImage stored = image(3, 4, 5);
    Task task = Tasks.of("pairs", 2);
    assertThat(task.inputIsFixed()).isTrue();
    assertThat(task.input(stored, Draws.of("any").at(0, "input"))).isEqualTo(UnitRange.of(stored));
    assertThat(task.channels(3)).isEqualTo(Channels.RGB);
    assertThat(task.channels(1)).isEqualTo(Channels.LUMA);
    assertThat(Tasks.of("pairs", 1).channels(1)).isEqualTo(Channels.GREY);
  }

  @Test
  void degradesNothing() {
    assertThat(Tasks.of("pairs", 1).readsInputs()).isTrue();
    assertThat(Tasks.of("sr", 2).readsInputs()).isFalse();
    assertThatThrownBy(() -> new Pairs(1).degrade(image(3, 4, 4)))
        .isInstanceOfSatisfying(
            GridException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.USAGE))
        .hasMessage(
            "Cannot degrade images under task pairs: its inputs are files of their own, each beside"
                + " its target");
  }

  @Test
  void alignsTargetsAsTheFieldCropsThem() {
    Task task = new Pairs(3);
    PlanarImage target = image(3, 10, 12);
    PlanarImage aligned = task.align(target);
    assertThat(aligned.height()).isEqualTo(9);
    assertThat(aligned.samples()).isEqualTo(target.crop(0, 0, 9, 12).samples());
    assertThat(task.align(aligned)).isSameAs(aligned);
    PlanarImage input = image(3, 3, 4);
    assertThat(Degraded.read(input, aligned, 3).stored()).isSameAs(input);
    assertThatThrownBy(() -> Degraded.read(image(3, 4, 3), aligned, 3))
        .hasMessage(
            "Cannot pair images: at scale 3 the input of a target of 9×12 pixels has 3×4, found"
                + " 4×3");
    assertThatThrownBy(() -> task.align(image(1, 2, 12)))
        .hasMessage("Cannot use a target of 2×12 pixels at scale 3");
  }

  private static PlanarImage image(int channels, int height, int width) {
    byte[] samples = new byte[channels * height * width];
    for (int i = 0; i < samples.length; i++) {
      samples[i] = (byte) (i * 7);
    }
    return new PlanarImage(channels, height, width, samples);
  }
}

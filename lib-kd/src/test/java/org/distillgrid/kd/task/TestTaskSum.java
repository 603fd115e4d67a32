package org.distillgrid.kd.task;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.OptionalInt;
import org.apache.commons.rng.UniformRandomProvider;
import org.distillgrid.kd.Fixtures;
import org.distillgrid.kd.error.GridException;
import org.distillgrid.kd.image.Channels;
import org.distillgrid.kd.image.PlanarImage;
import org.distillgrid.kd.image.UnitRange;
import org.distillgrid.kd.random.Draws;
import org.distillgrid.kd.task.Judgement.ColorSpace;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TestTaskSum {
  private static final PlanarImage PICTURE = Fixtures.image("degrade/picture.png");

  private static UniformRandomProvider draws() {
    return Draws.of("image").at(0, "input");
  }

  private static PlanarImage seen(Task task, PlanarImage aligned) {
    return rounded(task.input(task.degrade(aligned), draws()), task.degrade(aligned));
  }

  private static PlanarImage rounded(float[] values, PlanarImage like) {
    return UnitRange.image(values, like.channels(), like.height(), like.width());
  }

  @Test
  void whatIsFixedIsStoredAndWhatIsDrawnAdded() {
    Task sum = Tasks.of("blur-g1.2+denoise-s5", OptionalInt.empty());
    Task blur = Tasks.of("blur-g1.2", 1);
    PlanarImage blurred = blur.degrade(PICTURE);
    assertThat(sum.degrade(PICTURE).samples()).isEqualTo(blurred.samples());
    assertThat(sum.input(blurred, draws()))
        .isEqualTo(Tasks.of("denoise-s5", 1).input(blurred, draws()));
    assertThat(sum.inputIsFixed()).isFalse();
    assertThat(sum.judgement()).isEqualTo(new Judgement(ColorSpace.RGB, 0));
    assertThat(sum.scale()).isEqualTo(1);
  }

  @Test
  void partsFollowTheOrderOfTheName() {
    Task blur = Tasks.of("blur-g2", 1);
    Task jpeg = Tasks.of("jpeg-q10", 1);
    Task first = Tasks.of("blur-g2+jpeg-q10", 1);
    Task second = Tasks.of("jpeg-q10+blur-g2", 1);
    assertThat(first.degrade(PICTURE).samples())
        .isEqualTo(jpeg.degrade(blur.degrade(PICTURE)).samples())
        .isNotEqualTo(second.degrade(PICTURE).samples());
    assertThat(second.degrade(PICTURE).samples())
        .isEqualTo(blur.degrade(jpeg.degrade(PICTURE)).samples());
    assertThat(first.inputIsFixed()).isTrue();
    assertThat(first.input(PICTURE, draws())).isEqualTo(UnitRange.of(PICTURE));
    assertThat(first.judgement().space()).isEqualTo(ColorSpace.RGB);
    assertThat(first.channels(1)).isEqualTo(Channels.GREY);
    assertThat(second.judgement().space()).isEqualTo(ColorSpace.Y);
    assertThat(second.channels(1)).isEqualTo(Channels.LUMA);
  }

  @Test
  void whatFollowsSomethingDrawnIsDoneAtEachLook() {
    Task sum = Tasks.of("denoise-s25+jpeg-q10", 1);
    assertThat(sum.degrade(PICTURE)).isSameAs(PICTURE);
    PlanarImage noisy = rounded(Tasks.of("denoise-s25", 1).input(PICTURE, draws()), PICTURE);
    assertThat(sum.input(PICTURE, draws()))
        .isEqualTo(UnitRange.of(Tasks.of("jpeg-q10", 1).degrade(noisy)));
    assertThat(sum.inputIsFixed()).isFalse();
  }

  @Test
  void twoDrawnPartsDrawOneAfterTheOther() {
    UniformRandomProvider draws = draws();
    PlanarImage wet = rounded(Tasks.of("rain", 1).input(PICTURE, draws), PICTURE);
    float[] expected = Tasks.of("blur-m9", 1).input(wet, draws);
    assertThat(Tasks.of("rain+blur-m9", 1).input(PICTURE, draws())).isEqualTo(expected);
  }

  @Test
  void onePartMayEnlarge() {
    Task sum = Tasks.of("blur-g1.2+sr+jpeg-q40+denoise-s5", 2);
    assertThat(sum.scale()).isEqualTo(2);
    assertThat(sum.judgement()).isEqualTo(new Judgement(ColorSpace.Y, 2));
    PlanarImage aligned = sum.align(PICTURE);
    assertThat(aligned.width()).isEqualTo(60);
    PlanarImage small = Tasks.of("sr", 2).degrade(Tasks.of("blur-g1.2", 1).degrade(aligned));
    assertThat(sum.degrade(aligned).samples())
        .isEqualTo(Tasks.of("jpeg-q40", 1).degrade(small).samples());
    assertThat(seen(sum, aligned).height()).isEqualTo(21);
    assertThatThrownBy(() -> Tasks.of("blur-g1.2+sr", OptionalInt.empty()))
        .hasMessage("Cannot set task blur-g1.2+sr: it needs a scale (valid: 2, 3, 4, 8)");
  }

  @ParameterizedTest
  @CsvSource({
    "blur-g1.20+denoise, 1, blur-g1.2+denoise-s25",
    "rain+jpeg, 1, rain-a20-d4-l20+jpeg-q10",
    "blur-m9-a0+sr, 3, blur-a0-m9+sr"
  })
  void aSumHasOneSpelling(String name, int scale, String canonical) {
    assertThat(TaskSum.parse(name, Tasks.registry()).canonical()).isEqualTo(canonical);
    assertThat(Tasks.of(name, scale).name()).isEqualTo(canonical);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "sr+sr|2|Cannot set task sr+sr: only one of its parts may enlarge",
        "denoise-s5+sr|2|Cannot set task denoise-s5+sr: sr must come before denoise-s5, which is"
            + " drawn for every patch",
        "pairs+denoise-s5|1|Cannot add to task pairs: its inputs are files, as they are",
        "jpeg+nois|1|Unknown task: nois",
        "jpeg+|1|Unknown task: ",
        "jpeg+denoise|2|Unknown scale of task jpeg+denoise: 2 (valid: 1)"
      })
  void refusesWhatMakesNoSense(String name, int scale, String message) {
    assertThatThrownBy(() -> Tasks.of(name, scale))
        .isInstanceOf(GridException.class)
        .hasMessageStartingWith(message);
  }
}

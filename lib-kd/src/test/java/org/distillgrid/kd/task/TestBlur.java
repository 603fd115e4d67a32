package org.distillgrid.kd.task;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeSet;
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
import org.junit.jupiter.params.provider.ValueSource;

class TestBlur {
  private static final PlanarImage PICTURE = Fixtures.image("degrade/picture.png");

  @ParameterizedTest
  @CsvSource({
    "blur-g0.5, gaussian-0.5",
    "blur-g1.6, gaussian-1.6",
    "blur-g12, gaussian-12",
    "blur-m15-a0, motion-15-0",
    "blur-m15-a30, motion-15-30",
    "blur-a90-m9, motion-9-90",
    "blur-m7.5-a137, motion-7.5-137"
  })
  void blursAsScipyDoes(String name, String fixture) {
    Task task = Tasks.of(name, 1);
    PlanarImage stored = task.degrade(task.align(PICTURE));
    assertThat(stored.samples()).isEqualTo(Fixtures.image("degrade/" + fixture + ".png").samples());
    assertThat(task.input(stored, Draws.of("a").at(0, "input"))).isEqualTo(UnitRange.of(stored));
    assertThat(task.inputIsFixed()).isTrue();
  }

  @Test
  void drawsTheDirectionOfAMotion() {
    Task task = Tasks.of("blur-m15", 1);
    assertThat(task.inputIsFixed()).isFalse();
    assertThat(task.degrade(PICTURE)).isSameAs(PICTURE);
    Draws draws = Draws.of("image");
    float[] first = task.input(PICTURE, draws.at(0, "input"));
    assertThat(task.input(PICTURE, draws.at(0, "input"))).isEqualTo(first);
    assertThat(task.input(PICTURE, draws.at(1, "input"))).isNotEqualTo(first);
    double degrees = 180 * draws.at(0, "input").nextDouble();
    assertThat(first).isEqualTo(UnitRange.of(new Blur.Motion(15, degrees).of(PICTURE)));
  }

  @Test
  void directionsLieAllAround() {
    Task task = Tasks.of("blur-m9", 1);
    byte[] samples = new byte[21 * 21];
    samples[10 * 21 + 10] = (byte) 255;
    PlanarImage point = new PlanarImage(1, 21, 21, samples);
    Set<Integer> quarters = new TreeSet<>();
    for (int look = 0; look < 40; look++) {
      float[] line = task.input(point, Draws.of("image").at(look, "input"));
      boolean rising = line[7 * 21 + 12] + line[8 * 21 + 13] > 0.05;
      boolean falling = line[7 * 21 + 8] + line[8 * 21 + 7] > 0.05;
      if (rising) {
        quarters.add(1);
      }
      if (falling) {
        quarters.add(2);
      }
    }
    assertThat(quarters).containsExactly(1, 2);
  }

  @ParameterizedTest
  @ValueSource(strings = {"blur-g1.6", "blur-m15", "blur-a30-m15"})
  void isJudgedOnAllChannels(String name) {
    Task task = Tasks.of(name, OptionalInt.empty());
    assertThat(task.name()).isEqualTo(name);
    assertThat(TaskName.parse(name, Tasks.registry()).canonical()).isEqualTo(name);
    assertThat(task.judgement()).isEqualTo(new Judgement(ColorSpace.RGB, 0));
    assertThat(task.channels(1)).isEqualTo(Channels.GREY);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "blur|Cannot set task blur: it takes either g or m (blur-g1.6, blur-m15)",
        "blur-a30|Cannot set task blur-a30: it takes either g or m (blur-g1.6, blur-m15)",
        "blur-m9-g2|Cannot set task blur-g2-m9: it takes either g or m (blur-g1.6, blur-m15)",
        "blur-g2-a10|Cannot set task blur-a10-g2: only a motion (m) has an angle",
        "blur-g0.1|Cannot set task blur-g0.1: g must lie between 0.2 and 20",
        "blur-m1|Cannot set task blur-m1: m must lie between 2 and 100"
      })
  void refusesWhatIsNoBlur(String name, String message) {
    assertThatThrownBy(() -> Tasks.of(name, 1))
        .isInstanceOf(GridException.class)
        .hasMessage(message);
  }
}

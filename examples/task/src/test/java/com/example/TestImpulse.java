package com.example;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.distillgrid.kd.image.PlanarImage;
import org.distillgrid.kd.random.Draws;
import org.distillgrid.kd.task.Task;
import org.distillgrid.kd.task.Tasks;
import org.junit.jupiter.api.Test;

class TestImpulse {
  private static final int SIDE = 100;
  private static final int AREA = SIDE * SIDE;

  @Test
  void losesItsShareOfThePixelsInAllChannels() {
    Task task = Tasks.of("impulse-p20", 1);
    assertThat(task.name()).isEqualTo("impulse-p20");

    float[] input = input(task, "first");
    int black = 0;
    int white = 0;
    for (int pixel = 0; pixel < AREA; pixel++) {
      assertThat(input[AREA + pixel]).isEqualTo(input[pixel]);
      assertThat(input[2 * AREA + pixel]).isEqualTo(input[pixel]);
      if (input[pixel] == 0) {
        black++;
      } else if (input[pixel] == 1) {
        white++;
      }
    }
    assertThat(black).isBetween(AREA / 10 - 200, AREA / 10 + 200);
    assertThat(white).isBetween(AREA / 10 - 200, AREA / 10 + 200);
  }

  @Test
  void drawsTheSameForTheSameLook() {
    Task task = Tasks.of("impulse", 1);
    assertThat(input(task, "first")).isEqualTo(input(task, "first"));
    assertThat(input(task, "first")).isNotEqualTo(input(task, "second"));
  }

  private static float[] input(Task task, String look) {
    byte[] grey = new byte[3 * AREA];
    Arrays.fill(grey, (byte) 100);
    PlanarImage image = new PlanarImage(3, SIDE, SIDE, grey);
    return task.input(task.degrade(task.align(image)), Draws.of("test").at(0, look));
  }
}

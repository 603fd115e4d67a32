package org.distillgrid.kd.task;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import org.distillgrid.kd.image.Channels;
import org.distillgrid.kd.image.PlanarImage;
import org.distillgrid.kd.random.Draws;
import org.distillgrid.kd.task.Judgement.ColorSpace;
import org.junit.jupiter.api.Test;

class TestRain {
  private static final int HEIGHT = 240;
  private static final int WIDTH = 320;

  private static PlanarImage flat(int channels, int value) {
    byte[] samples = new byte[channels * HEIGHT * WIDTH];
    Arrays.fill(samples, (byte) value);
    return new PlanarImage(channels, HEIGHT, WIDTH, samples);
  }

  private static float[] rain(String name, PlanarImage image, int look) {
    return Tasks.of(name, 1).input(image, Draws.of("image").at(look, "input"));
  }

  @Test
  void addsTheSameToAllChannels() {
    float[] dark = rain("rain", flat(3, 20), 0);
    float[] light = rain("rain", flat(3, 200), 0);
    int area = HEIGHT * WIDTH;
    int lit = 0;
    int clipped = 0;
    for (int i = 0; i < area; i++) {
      float added = Math.round(255 * dark[i]) - 20;
      assertThat(added).isBetween(0f, 235f);
      assertThat(dark[area + i]).isEqualTo(dark[i]);
      assertThat(dark[2 * area + i]).isEqualTo(dark[i]);
      // What the dark image has not clipped, the light one has as it is or at white.
      assertThat((float) Math.round(255 * light[i])).isEqualTo(Math.min(255, 200 + added));
      if (added > 0) {
        lit++;
      }
      if (added > 55) {
        clipped++;
      }
    }
    assertThat(lit).isBetween(area / 100, area / 5);
    assertThat(clipped).isPositive();
  }

  @Test
  void lumaGetsWhatColourGets() {
    // Grey 100 has luma 102, and every level more of all three channels is 219/255 of luma.
    float[] colour = rain("rain-d20", flat(3, 100), 5);
    float[] luma = rain("rain-d20", flat(1, 102), 5);
    int white = 0;
    for (int i = 0; i < luma.length; i++) {
      assertThat((double) 255 * luma[i]).isCloseTo(16 + 219 * colour[i], within(1.1));
      if (colour[i] == 1) {
        white++;
      }
    }
    assertThat(white).isPositive();
  }

  @Test
  void coversAsMuchAsItsDensitySays() {
    double light = 0;
    int looks = 40;
    for (int look = 0; look < looks; look++) {
      light += mean(rain("rain-d2-l20", flat(1, 0), look));
    }
    // A streak is about a pixel wide, its brightness 0.35 of white on average; looks draw from
    // half of the density to half more.
    double expected = 0.02 * 0.35 * 219 / 255;
    assertThat(light / looks).isCloseTo(expected, within(0.25 * expected));
    double dense = 0;
    for (int look = 0; look < looks; look++) {
      dense += mean(rain("rain-d6-l20", flat(1, 0), look));
    }
    assertThat(dense / light).isCloseTo(3, within(0.3));
  }

  @Test
  void tiltIsDrawnWithinItsBound() {
    for (int look = 0; look < 20; look++) {
      // Upright streaks are lines of one column, so that neighbours in a row differ more than in a
      // column.
      float[] upright = rain("rain-a0-d2-l40", flat(1, 0), look);
      assertThat(rough(upright, 1)).isGreaterThan(4 * rough(upright, WIDTH));
    }
    double least = Double.MAX_VALUE;
    double most = 0;
    for (int look = 0; look < 20; look++) {
      float[] any = rain("rain-a90-d2-l40", flat(1, 0), look);
      double ratio = rough(any, 1) / rough(any, WIDTH);
      least = Math.min(least, ratio);
      most = Math.max(most, ratio);
    }
    assertThat(least).isLessThan(0.6);
    assertThat(most).isGreaterThan(1.6);
  }

  @Test
  void fallsOnTheBorderAsElsewhere() {
    double[] rows = new double[HEIGHT];
    for (int look = 0; look < 200; look++) {
      float[] black = rain("rain-d10-l30", flat(1, 0), look);
      for (int i = 0; i < black.length; i++) {
        rows[i / WIDTH] += black[i];
      }
    }
    double edge = (rows[0] + rows[1] + rows[HEIGHT - 2] + rows[HEIGHT - 1]) / 4;
    double middle = Arrays.stream(rows, 100, 140).average().orElseThrow();
    assertThat(edge / middle).isCloseTo(1, within(0.1));
  }

  @Test
  void dependsOnTheDrawsAlone() {
    PlanarImage image = flat(1, 50);
    assertThat(rain("rain", image, 3)).isEqualTo(rain("rain", image, 3));
    assertThat(rain("rain", image, 3)).isNotEqualTo(rain("rain", image, 4));
  }

  @Test
  void isJudgedOnLuma() {
    Task task = Tasks.of("rain", 1);
    assertThat(task.name()).isEqualTo("rain-a20-d4-l20");
    assertThat(task.judgement()).isEqualTo(new Judgement(ColorSpace.Y, 0));
    assertThat(task.channels(1)).isEqualTo(Channels.LUMA);
    assertThat(task.inputIsFixed()).isFalse();
    PlanarImage image = flat(3, 9);
    assertThat(task.degrade(task.align(image))).isSameAs(image);
  }

  private static double mean(float[] values) {
    double sum = 0;
    for (float value : values) {
      sum += value;
    }
    return sum / values.length;
  }

  private static double rough(float[] values, int step) {
    double sum = 0;
    for (int i = step; i < values.length; i++) {
      sum += Math.abs(values[i] - values[i - step]);
    }
    return sum;
  }
}

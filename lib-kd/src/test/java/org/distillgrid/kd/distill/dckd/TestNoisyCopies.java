package org.distillgrid.kd.distill.dckd;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.util.Arrays;
import java.util.DoubleSummaryStatistics;
import java.util.stream.IntStream;
import org.distillgrid.kd.random.Draws;
import org.junit.jupiter.api.Test;

class TestNoisyCopies {
  private static final Shape MANY = new Shape(200, 3, 16, 16);
  private static final int PLANE = 16 * 16;
  private static final Draws DRAWS = Draws.of("trial");

  @Test
  void everyImageHasItsOwnSigma() {
    float[] noise = new NoisyCopies(1, 1, 30, 0).noise(MANY, DRAWS.at(3, "noise"));
    DoubleSummaryStatistics sigmas =
        IntStream.range(0, 200)
            .mapToDouble(image -> 255 * deviation(noise, 3 * PLANE * image, 3 * PLANE))
            .summaryStatistics();
    assertThat(sigmas.getMin()).isBetween(0.9, 3.0);
    assertThat(sigmas.getMax()).isBetween(28.0, 32.0);
    assertThat(sigmas.getAverage()).isCloseTo(15.5, within(2.0));
    assertThat(Arrays.copyOf(noise, PLANE)).isNotEqualTo(Arrays.copyOfRange(noise, PLANE, 512));
  }

  @Test
  void greyNoiseIsTheSameInAllChannelsOfHalfTheImages() {
    float[] noise = new NoisyCopies(1, 1, 30, 0.5).noise(MANY, DRAWS.at(3, "noise"));
    int[] grey =
        IntStream.range(0, 200)
            .filter(image -> Arrays.equals(plane(noise, 3 * image), plane(noise, 3 * image + 2)))
            .toArray();
    assertThat(grey.length).isBetween(80, 120);
    // One plane for the copy, times each image's sigma.
    float[] first = plane(noise, 3 * grey[0]);
    float[] second = plane(noise, 3 * grey[1] + 1);
    double factor = second[0] / first[0];
    for (int i = 0; i < PLANE; i++) {
      assertThat((double) second[i]).isCloseTo(factor * first[i], within(1e-5));
    }
  }

  @Test
  void copiesFollowTheImagesAndAreClamped() {
    try (NDManager manager = NDManager.newBaseManager()) {
      NDArray images = manager.full(new Shape(2, 3, 8, 8), 0.99f);
      NoisyCopies noise = new NoisyCopies(4, 20, 30, 0.5);
      NDArray all = noise.after(images, 5, DRAWS);
      assertThat(all.getShape()).isEqualTo(new Shape(10, 3, 8, 8));
      assertThat(all.get("0:2").toFloatArray()).containsExactly(images.toFloatArray());
      assertThat(all.max().getFloat()).isEqualTo(1);
      assertThat(all.get("2:4").toFloatArray()).isNotEqualTo(all.get("4:6").toFloatArray());
      assertThat(noise.after(images, 5, DRAWS).toFloatArray()).containsExactly(all.toFloatArray());
      assertThat(noise.after(images, 6, DRAWS).get("2:4").toFloatArray())
          .isNotEqualTo(all.get("2:4").toFloatArray());
      assertThat(new NoisyCopies(0, 20, 30, 0.5).after(images, 5, DRAWS).getShape())
          .isEqualTo(images.getShape());
    }
  }

  private static float[] plane(float[] noise, int number) {
    return Arrays.copyOfRange(noise, number * PLANE, (number + 1) * PLANE);
  }

  private static double deviation(float[] values, int from, int count) {
    double squares = 0;
    for (int i = from; i < from + count; i++) {
      squares += values[i] * values[i];
    }
    return Math.sqrt(squares / count);
  }
}

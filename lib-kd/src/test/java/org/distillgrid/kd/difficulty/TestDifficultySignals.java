package org.distillgrid.kd.difficulty;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.GradientCollector;
import org.apache.commons.rng.UniformRandomProvider;
import org.distillgrid.kd.random.Draws;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TestDifficultySignals {
  private static final int GRID = DifficultySignals.GRID;
  private static final double[] LUMA = {65.481 / 255, 128.553 / 255, 24.966 / 255};

  @ParameterizedTest
  @CsvSource({"3, 16, 24", "1, 16, 16", "3, 13, 19", "1, 9, 33", "3, 5, 8"})
  void agreesWithTheDefinitionCellByCell(int channels, int height, int width) {
    int size = 2 * channels * height * width;
    float[] target = values("target", size);
    float[] student = values("student", size);
    float[] teacher = values("teacher", size);
    float[] computed;
    try (NDManager manager = NDManager.newBaseManager()) {
      Shape shape = new Shape(2, channels, height, width);
      NDArray raw =
          DifficultySignals.raw(
              manager.create(target, shape),
              manager.create(student, shape),
              manager.create(teacher, shape));
      assertThat(raw.getShape()).isEqualTo(new Shape(2, 4, GRID, GRID));
      computed = raw.toFloatArray();
    }
    Definition definition = new Definition(channels, height, width, target, student, teacher);
    int index = 0;
    for (int image = 0; image < 2; image++) {
      for (int signal = 0; signal < 4; signal++) {
        for (int row = 0; row < GRID; row++) {
          for (int column = 0; column < GRID; column++) {
            assertThat((double) computed[index++])
                .as("image %d, signal %d, cell (%d, %d)", image, signal, row, column)
                .isCloseTo(definition.cell(image, signal, row, column), within(2e-6));
          }
        }
      }
    }
  }

  @Test
  void bringsEveryMapToItsOwnRange() {
    try (NDManager manager = NDManager.newBaseManager()) {
      NDArray raw = manager.create(new float[] {2, 4, 3, 6, 7, 7, 7, 7}, new Shape(1, 2, 2, 2));
      assertThat(DifficultySignals.normalized(raw).toFloatArray())
          .containsExactly(new float[] {0, 0.5f, 0.25f, 1, 0, 0, 0, 0}, within(1e-6f));
    }
  }

  @Test
  void leavesNothingOnTheGradientTape() {
    try (NDManager manager = NDManager.newBaseManager();
        GradientCollector collector = Engine.getInstance().newGradientCollector()) {
      NDArray student = manager.ones(new Shape(1, 1, 8, 8));
      student.setRequiresGradient(true);
      NDArray zeros = manager.zeros(new Shape(1, 1, 8, 8));
      NDArray signals = DifficultySignals.raw(zeros, student, zeros);
      collector.backward(student.mul(signals.get(":,2:3")).sum());
      assertThat(student.getGradient().toFloatArray()).containsOnly(1f);
    }
  }

  private static float[] values(String purpose, int count) {
    UniformRandomProvider draws = Draws.of("difficulty").at(0, purpose);
    float[] values = new float[count];
    for (int i = 0; i < count; i++) {
      values[i] = draws.nextFloat();
    }
    return values;
  }

  /** The signals as the documentation words them, in loops. */
  private record Definition(
      int channels, int height, int width, float[] target, float[] student, float[] teacher) {

    double cell(int image, int signal, int row, int column) {
      return switch (signal) {
        case 0 -> variance(row, column, (y, x) -> laplacian(image, y, x));
        case 1 -> {
          double sum = 0;
          for (int c = 0; c < channels; c++) {
            int channel = c;
            sum += variance(row, column, (y, x) -> target[at(image, channel, y, x)]);
          }
          yield sum / channels;
        }
        case 2 -> mean(row, column, (y, x) -> difference(target, image, y, x));
        default -> mean(row, column, (y, x) -> difference(teacher, image, y, x));
      };
    }

    private double difference(float[] other, int image, int y, int x) {
      double sum = 0;
      for (int c = 0; c < channels; c++) {
        int i = at(image, c, y, x);
        sum += Math.abs((double) student[i] - other[i]);
      }
      return sum / channels;
    }

    private double laplacian(int image, int y, int x) {
      return luma(image, y - 1, x)
          + luma(image, y + 1, x)
          + luma(image, y, x - 1)
          + luma(image, y, x + 1)
          - 4 * luma(image, y, x);
    }

    private double luma(int image, int y, int x) {
      int row = Math.max(0, Math.min(height - 1, y));
      int column = Math.max(0, Math.min(width - 1, x));
      if (channels == 1) {
        return target[at(image, 0, row, column)];
      }
      double sum = 0;
      for (int c = 0; c < channels; c++) {
        sum += LUMA[c] * target[at(image, c, row, column)];
      }
      return sum;
    }

    private int at(int image, int channel, int y, int x) {
      return ((image * channels + channel) * height + y) * width + x;
    }

    private double variance(int row, int column, Pixel pixel) {
      double mean = mean(row, column, pixel);
      return mean(row, column, (y, x) -> Math.pow(pixel.at(y, x), 2)) - mean * mean;
    }

    private double mean(int row, int column, Pixel pixel) {
      int top = row * height / GRID;
      int bottom = ((row + 1) * height + GRID - 1) / GRID;
      int left = column * width / GRID;
      int right = ((column + 1) * width + GRID - 1) / GRID;
      double sum = 0;
      for (int y = top; y < bottom; y++) {
        for (int x = left; x < right; x++) {
          sum += pixel.at(y, x);
        }
      }
      return sum / ((bottom - top) * (right - left));
    }
  }

  @FunctionalInterface
  private interface Pixel {
    double at(int y, int x);
  }
}

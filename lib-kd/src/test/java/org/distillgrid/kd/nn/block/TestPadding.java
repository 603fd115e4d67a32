package org.distillgrid.kd.nn.block;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Padding against an index that walks to the border and back. */
class TestPadding {
  @ParameterizedTest
  @CsvSource({
    "5, 7, 4",
    "8, 8, 8",
    "9, 15, 8",
    "1, 2, 8",
    "2, 1, 7",
    "3, 3, 8",
    "2, 3, 64",
    "1, 1, 4",
    "6, 5, 1"
  })
  void reflectsAsOftenAsItTakes(int height, int width, int multiple) {
    try (NDManager manager = NDManager.newBaseManager()) {
      NDArray input = counted(manager, height, width);
      NDArray padded = Padding.reflectTo(input, multiple);
      int tall = upTo(height, multiple);
      int wide = upTo(width, multiple);
      assertThat(padded.getShape()).isEqualTo(new Shape(2, 3, tall, wide));
      float[] wanted = new float[6 * tall * wide];
      int next = 0;
      for (int plane = 0; plane < 6; plane++) {
        for (int row = 0; row < tall; row++) {
          for (int column = 0; column < wide; column++) {
            int from = reflected(row, height) * width + reflected(column, width);
            wanted[next++] = plane * height * width + from;
          }
        }
      }
      assertThat(padded.toFloatArray()).isEqualTo(wanted);
      assertThat(Padding.crop(padded, height, width).toFloatArray())
          .isEqualTo(input.toFloatArray());
    }
  }

  @ParameterizedTest
  @CsvSource({"5, 7, 4", "8, 8, 8", "1, 2, 8"})
  void addsZeros(int height, int width, int multiple) {
    try (NDManager manager = NDManager.newBaseManager()) {
      NDArray input = counted(manager, height, width).add(1);
      NDArray padded = Padding.zeroTo(input, multiple);
      assertThat(padded.getShape())
          .isEqualTo(new Shape(2, 3, upTo(height, multiple), upTo(width, multiple)));
      assertThat(Padding.crop(padded, height, width).toFloatArray())
          .isEqualTo(input.toFloatArray());
      assertThat(padded.sum().getFloat()).isEqualTo(input.sum().getFloat());
    }
  }

  @Test
  void leavesWhatFitsAsItIs() {
    try (NDManager manager = NDManager.newBaseManager()) {
      NDArray input = counted(manager, 8, 4);
      assertThat(Padding.reflectTo(input, 4)).isSameAs(input);
      assertThat(Padding.zeroTo(input, 4)).isSameAs(input);
      assertThat(Padding.crop(input, 8, 4)).isSameAs(input);
    }
  }

  private static int reflected(int place, int length) {
    int at = 0;
    int direction = 1;
    for (int i = 0; i < place && length > 1; i++) {
      if (at + direction < 0 || at + direction >= length) {
        direction = -direction;
      }
      at += direction;
    }
    return at;
  }

  private static int upTo(int length, int multiple) {
    int padded = length;
    while (padded % multiple != 0) {
      padded++;
    }
    return padded;
  }

  private static NDArray counted(NDManager manager, int height, int width) {
    return manager.arange(6f * height * width).reshape(2, 3, height, width);
  }
}

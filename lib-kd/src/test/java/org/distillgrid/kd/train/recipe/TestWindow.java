package org.distillgrid.kd.train.recipe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.distillgrid.kd.image.PlanarImage;
import org.distillgrid.kd.task.SuperResolution;
import org.distillgrid.kd.train.Cohorts;
import org.distillgrid.kd.train.patches.CutImage;
import org.distillgrid.kd.train.patches.PatchSource;
import org.junit.jupiter.api.Test;

class TestWindow {
  private static final Window WINDOW = new Window(3, 2, 5, 4);

  private static PlanarImage image(int height, int width) {
    byte[] samples = new byte[3 * height * width];
    new Random(1).nextBytes(samples);
    return new PlanarImage(3, height, width, samples);
  }

  private static void shows(PatchSource.Pair part, PatchSource.Pair whole) {
    shows(part.input(), whole.input().crop(3, 2, 5, 4));
    shows(part.target(), whole.target().crop(6, 4, 10, 8));
  }

  private static void shows(PlanarImage part, PlanarImage expected) {
    assertThat(List.of(part.height(), part.width()))
        .isEqualTo(List.of(expected.height(), expected.width()));
    assertThat(part.samples()).isEqualTo(expected.samples());
  }

  @Test
  void showsTheSamePartOfInputAndTarget() {
    PatchSource.Pair pair = new PatchSource.Pair(image(10, 12), image(20, 24));
    PatchSource source = Cohorts.source(List.of(pair, pair));

    shows(source.pair(1, WINDOW), pair);
  }

  @Test
  void isCutFromAnImageWithoutThePatchAroundIt() {
    CutImage cut = CutImage.of(image(70, 50), new SuperResolution(2), 24, 10);

    for (int index = 0; index < cut.size(); index++) {
      shows(cut.pair(index, WINDOW), cut.pair(index));
    }
    assertThatThrownBy(() -> cut.pair(0, new Window(8, 0, 5, 4)))
        .as("a part of the image, but not of the patch")
        .isInstanceOf(IndexOutOfBoundsException.class)
        .hasMessageContaining("reaches beyond 12×12 pixels");
  }

  @Test
  void liesWithinItsImage() {
    WINDOW.requireWithin(8, 6);
    for (int[] size : new int[][] {{7, 6}, {8, 5}}) {
      assertThatThrownBy(() -> WINDOW.requireWithin(size[0], size[1]))
          .as(Arrays.toString(size))
          .isInstanceOf(IndexOutOfBoundsException.class);
    }
    assertThatThrownBy(() -> new Window(-1, 0, 1, 1)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new Window(0, 0, 1, 0)).isInstanceOf(IllegalArgumentException.class);
  }
}

package org.distillgrid.kd.eval;

import static org.assertj.core.api.Assertions.assertThat;

import org.distillgrid.kd.image.PlanarImage;
import org.junit.jupiter.api.Test;

class TestWorstSquare {
  private static PlanarImage image(int height, int width) {
    return new PlanarImage(1, height, width, new byte[height * width]);
  }

  @Test
  void liesWhereImagesDifferMost() {
    PlanarImage truth = image(20, 30);
    PlanarImage other = image(20, 30);
    other.samples()[12 * 30 + 22] = (byte) 200;
    other.samples()[15 * 30 + 25] = 50;
    other.samples()[2 * 30 + 3] = (byte) 210;

    // Only squares of 8 from rows 8 to 12 and columns 18 to 22 have both that are near each other.
    assertThat(WorstSquare.of(truth, other, 8, 2)).isEqualTo(new WorstSquare(8, 18, 8));
  }

  @Test
  void fitsAnImageThatIsSmaller() {
    WorstSquare square = WorstSquare.of(image(9, 30), image(9, 30), 16, 2);
    assertThat(square).isEqualTo(new WorstSquare(0, 0, 8));
    assertThat(square.of(image(9, 30)).width()).isEqualTo(8);
    assertThat(square.ofSmaller(image(4, 15), 2).height()).isEqualTo(4);
  }
}

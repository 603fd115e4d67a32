package org.distillgrid.kd.eval;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.stream.IntStream;
import org.distillgrid.kd.image.PlanarImage;
import org.junit.jupiter.api.Test;

class TestCropSheet {
  private static final PlanarImage LARGE = ramp(3, 12);
  private static final PlanarImage SMALL = ramp(1, 6);

  @Test
  void panelsShowTheSamePlaceAtTheSameSize() {
    PlanarImage sheet =
        new CropSheet(2, 4, 6, 3)
            .draw(
                List.of(
                    new CropSheet.Panel("truth", LARGE, 1), new CropSheet.Panel("LR", SMALL, 2)));
    assertThat(sheet.width()).isEqualTo(2 * 18 + 6);
    for (int y = 0; y < 18; y++) {
      for (int x = 0; x < 18; x++) {
        assertThat(sheet.at(0, y, x)).isEqualTo(LARGE.at(0, 2 + y / 3, 4 + x / 3));
        assertThat(sheet.at(2, y, x)).isEqualTo(LARGE.at(2, 2 + y / 3, 4 + x / 3));
        assertThat(sheet.at(1, y, 24 + x)).isEqualTo(SMALL.at(0, (2 + y / 3) / 2, (4 + x / 3) / 2));
      }
    }
  }

  @Test
  void captionsAreDrawnBelow() {
    PlanarImage sheet =
        new CropSheet(0, 0, 12, 8).draw(List.of(new CropSheet.Panel("w4a4 31.20", LARGE, 1)));
    long dark =
        IntStream.range(96 * sheet.width(), sheet.height() * sheet.width())
            .filter(i -> (sheet.samples()[i] & 0xff) < 128)
            .count();
    assertThat(dark).isGreaterThan(20);
  }

  @Test
  void aCropOutsideTheImageIsRefused() {
    assertThatThrownBy(
            () -> new CropSheet(8, 0, 6, 1).draw(List.of(new CropSheet.Panel("truth", LARGE, 1))))
        .hasMessage("Cannot crop 6×6 pixels at 8,0: the image has 12×12");
  }

  private static PlanarImage ramp(int channels, int side) {
    byte[] samples = new byte[channels * side * side];
    for (int i = 0; i < samples.length; i++) {
      samples[i] = (byte) (i * 7);
    }
    return new PlanarImage(channels, side, side, samples);
  }
}

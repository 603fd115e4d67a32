package org.distillgrid.kd.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.distillgrid.kd.SharedData;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TestMatlabBicubic {
  @ParameterizedTest
  @ValueSource(ints = {2, 3, 4})
  void officialSet5IsReproducedToTheBit(int scale) throws IOException {
    Path official = SharedData.path("images/Set5_LR_x" + scale);
    List<Path> files = SampleImages.files(SharedData.path("images/Set5"));
    assertThat(files).hasSize(5);
    for (Path file : files) {
      PlanarImage image = SampleImages.read(file);
      PlanarImage aligned =
          image.crop(
              0, 0, image.height() - image.height() % scale, image.width() - image.width() % scale);
      PlanarImage expected =
          SampleImages.read(official.resolve(SampleImages.stem(file) + "x" + scale + ".png"));
      PlanarImage actual = MatlabBicubic.downscale(aligned, scale);
      assertThat(actual.height()).isEqualTo(expected.height());
      assertThat(actual.samples()).as(file.toString()).isEqualTo(expected.samples());
    }
  }

  @ParameterizedTest
  @CsvSource({
    "1, 12, 16, 6, 8",
    "3, 13, 17, 6, 5",
    "1, 9, 9, 27, 27",
    "1, 9, 31, 20, 10",
    "3, 40, 7, 10, 21",
    "1, 5, 3, 1, 1",
    "1, 1, 1, 4, 4",
    "1, 2, 50, 1, 3",
    "1, 33, 64, 8, 8",
    "3, 16, 16, 16, 16"
  })
  void sameAsTheTextbookDoubleLoop(int channels, int height, int width, int toHeight, int toWidth) {
    for (PlanarImage image :
        List.of(
            SampleImages.noisy(channels, height, width, 1),
            SampleImages.harsh(channels, height, width, 2))) {
      PlanarImage actual = MatlabBicubic.resize(image, toHeight, toWidth);
      PlanarImage expected = NaiveBicubic.resize(image, toHeight, toWidth);
      assertThat(actual).usingRecursiveComparison().isEqualTo(expected);
    }
  }

  @Test
  void sizesOfFactorsAreThoseOfMatlab() {
    PlanarImage image = SampleImages.noisy(1, 13, 16, 3);
    PlanarImage half = MatlabBicubic.downscale(image, 2);
    assertThat(half.height()).isEqualTo(7);
    assertThat(half.width()).isEqualTo(8);
    PlanarImage triple = MatlabBicubic.upscale(image, 3);
    assertThat(triple.height()).isEqualTo(39);
    assertThat(triple.width()).isEqualTo(48);
  }

  @Test
  void sameSizeChangesNothing() {
    PlanarImage image = SampleImages.harsh(3, 11, 7, 4);
    assertThat(MatlabBicubic.resize(image, 11, 7).samples()).isEqualTo(image.samples());
  }

  @Test
  void refusesEmptyTarget() {
    PlanarImage image = SampleImages.noisy(1, 4, 4, 5);
    assertThatThrownBy(() -> MatlabBicubic.resize(image, 0, 4))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("Factor and sizes must be at least 1: 0");
  }
}

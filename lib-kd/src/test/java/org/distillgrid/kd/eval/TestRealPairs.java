package org.distillgrid.kd.eval;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Path;
import java.util.List;
import org.distillgrid.kd.SharedData;
import org.distillgrid.kd.image.ImageReader;
import org.distillgrid.kd.task.Pairs;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Pairs of the field's data sets, and what their inputs score before anything is restored. */
class TestRealPairs {
  private static final ImageReader READER = ImageReader.bounded(10_000_000);

  @ParameterizedTest
  @CsvSource({
    "rain100h, 3, 50, 11.98",
    "polyu, 3, 100, 35.97",
    "cc15, 3, 15, 33.41",
    "levin, 1, 32, 21.55",
    "lol_thumbnails, 3, 14, 7.62",
  })
  void inputsScoreWhatIsKnownOfThem(String set, int channels, int count, double psnr) {
    Path place = SharedData.path("pairs/" + set);
    List<NamedImage> pairs =
        ImageFolder.pairs(place.resolve("target"), place.resolve("input"), READER);

    assertThat(pairs).hasSize(count);
    assertThat(ImageScore.mean(Evaluator.of(new Pairs(1), channels).bicubic(pairs)).psnr())
        .isCloseTo(psnr, within(0.01));
  }

  @ParameterizedTest
  @CsvSource({"2, 33.68", "3, 30.40", "4, 28.43"})
  void theOfficialSmallImagesTakeThePlaceOfTheResize(int scale, double psnr) {
    List<NamedImage> pairs =
        ImageFolder.pairs(
            SharedData.path("images/Set5"), SharedData.path("images/Set5_LR_x" + scale), READER);

    assertThat(pairs).hasSize(5);
    assertThat(ImageScore.mean(Evaluator.of(new Pairs(scale), 3).bicubic(pairs)).psnr())
        .isCloseTo(psnr, within(0.02));
  }
}

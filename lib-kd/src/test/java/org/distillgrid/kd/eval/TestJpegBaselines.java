package org.distillgrid.kd.eval;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.distillgrid.kd.SharedData;
import org.distillgrid.kd.image.ImageReader;
import org.distillgrid.kd.task.Task;
import org.distillgrid.kd.task.Tasks;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The rows "JPEG" of the field's tables: what compression alone leaves of luma. */
class TestJpegBaselines {
  @ParameterizedTest
  @CsvSource({
    "LIVE1, 10, 27.77",
    "LIVE1, 20, 30.07",
    "LIVE1, 30, 31.41",
    "LIVE1, 40, 32.35",
    "Classic5, 10, 27.82"
  })
  void theInputScoresWhatIsPublished(String set, int quality, double psnr) {
    Task task = Tasks.of("jpeg-q" + quality, 1);
    List<NamedImage> images =
        ImageFolder.images(SharedData.path("images/" + set), ImageReader.bounded(10_000_000));
    double mean = ImageScore.mean(Evaluator.of(task, 1).bicubic(images)).psnr();
    assertThat(mean).isCloseTo(psnr, within(0.02));
  }
}

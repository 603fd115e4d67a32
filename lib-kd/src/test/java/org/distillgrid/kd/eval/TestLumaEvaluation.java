package org.distillgrid.kd.eval;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDManager;
import java.nio.file.Path;
import java.util.List;
import org.distillgrid.kd.SharedData;
import org.distillgrid.kd.image.ImageReader;
import org.distillgrid.kd.model.ModelTarget;
import org.distillgrid.kd.model.Network;
import org.distillgrid.kd.task.Score;
import org.distillgrid.kd.task.SuperResolution;
import org.distillgrid.kd.weights.file.Checkpoints;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Networks of one channel restore luma, as the papers that print these figures do. */
class TestLumaEvaluation {
  @ParameterizedTest
  @CsvSource({"2, 37.589, 0.9591", "3, 33.748, 0.9226", "4, 31.434, 0.8849"})
  void scoresTheReleasedVdsrAsPublished(int scale, double psnr, double ssim) {
    Path weights = SharedData.path("teachers/vdsr_x234.npz");
    ModelTarget target = new ModelTarget(1, scale);
    try (NDManager manager = NDManager.newBaseManager();
        Network network =
            Network.load("vdsr", target, Checkpoints.open(weights), "vdsr", manager)) {
      Evaluator evaluator = Evaluator.of(new SuperResolution(scale), 1);
      Score mean = ImageScore.mean(evaluator.network(network, set5()));
      assertThat(mean.psnr()).isCloseTo(psnr, within(0.001));
      assertThat(mean.ssim().orElseThrow()).isCloseTo(ssim, within(0.0002));
    }
  }

  @ParameterizedTest
  @CsvSource({"2, 33.66, 0.9299", "3, 30.39, 0.8682", "4, 28.42, 0.8104"})
  void scoresBicubicAsPublished(int scale, double psnr, double ssim) {
    Evaluator evaluator = Evaluator.of(new SuperResolution(scale), 1);
    Score mean = ImageScore.mean(evaluator.bicubic(set5()));
    assertThat(mean.psnr()).isCloseTo(psnr, within(0.015));
    assertThat(mean.ssim().orElseThrow()).isCloseTo(ssim, within(0.0005));
  }

  private static List<NamedImage> set5() {
    Path folder = SharedData.path("images/Set5");
    return ImageFolder.images(folder, ImageReader.bounded(10_000_000));
  }
}

package org.distillgrid.kd.eval;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Path;
import java.util.List;
import org.distillgrid.kd.SharedData;
import org.distillgrid.kd.image.ImageReader;
import org.distillgrid.kd.model.ModelTarget;
import org.distillgrid.kd.task.Score;
import org.distillgrid.kd.task.SuperResolution;
import org.distillgrid.kd.weights.file.Checkpoints;

/**
 * Weights that authors released, and what they score on a set of images beside a checkout.
 *
 * @param model the name of their network
 * @param scale the scale of super-resolution
 * @param file below the shared data
 */
record ReleasedWeights(String model, int scale, String file) {
  private static final double DECIBELS = 0.005;
  private static final double SIMILARITY = 0.0002;

  /** Requires the means of a set; skips the test where there is no shared data. */
  void score(String set, double psnr, double ssim) {
    Path weights = SharedData.path(file);
    List<NamedImage> images =
        ImageFolder.images(SharedData.path("images/" + set), ImageReader.bounded(10_000_000));
    try (LoadedNetwork loaded =
        LoadedNetwork.open(model, new ModelTarget(3, scale), Checkpoints.open(weights), file)) {
      Evaluator evaluator = Evaluator.of(new SuperResolution(scale), 3);
      Score mean = ImageScore.mean(evaluator.network(loaded.network(), images));
      assertThat(mean.psnr()).isCloseTo(psnr, within(DECIBELS));
      assertThat(mean.ssim().orElseThrow()).isCloseTo(ssim, within(SIMILARITY));
    }
  }
}

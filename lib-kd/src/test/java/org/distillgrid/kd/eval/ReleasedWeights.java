package org.distillgrid.kd.eval;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Path;
import java.util.List;
import org.distillgrid.kd.SharedData;
import org.distillgrid.kd.image.ImageReader;
import org.distillgrid.kd.model.ModelTarget;
import org.distillgrid.kd.task.Score;
import org.distillgrid.kd.task.Tasks;
import org.distillgrid.kd.weights.file.Checkpoints;

/**
 * Weights that authors released, and what they score on a set of images beside a checkout.
 *
 * @param model the name of their network
 * @param task what they restore, by name
 * @param scale the task's scale
 * @param channels of its images
 * @param file below the shared data
 */
record ReleasedWeights(String model, String task, int scale, int channels, String file) {
  private static final double DECIBELS = 0.005;
  private static final double SIMILARITY = 0.0002;

  /** Requires the means of a set; skips the test where there is no shared data. */
  void score(String set, double psnr, double ssim) {
    Path weights = SharedData.path(file);
    List<NamedImage> images =
        ImageFolder.images(SharedData.path("images/" + set), ImageReader.bounded(10_000_000));
    try (LoadedNetwork loaded =
        LoadedNetwork.open(
            model, new ModelTarget(channels, scale), Checkpoints.open(weights), file)) {
      Evaluator evaluator = Evaluator.of(Tasks.of(task, scale), channels);
      Score mean = ImageScore.mean(evaluator.network(loaded.network(), images));
      assertThat(mean.psnr()).isCloseTo(psnr, within(DECIBELS));
      assertThat(mean.ssim().orElseThrow()).isCloseTo(ssim, within(SIMILARITY));
    }
  }
}

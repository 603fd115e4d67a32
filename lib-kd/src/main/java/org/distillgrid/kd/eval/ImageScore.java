package org.distillgrid.kd.eval;

import java.util.List;
import java.util.OptionalDouble;
import java.util.function.Function;
import org.distillgrid.kd.task.Score;

/**
 * How well one image of a test set was restored.
 *
 * @param dataset the set's name
 * @param image the image's name within the set
 * @param score its score by the task's judgement
 */
public record ImageScore(String dataset, String image, Score score) {
  /**
   * Returns the score of a set: the mean of its images' PSNR, and of the SSIM and the LPIPS of
   * those that have one.
   */
  public static Score mean(List<ImageScore> scores) {
    if (scores.isEmpty()) {
      throw new IllegalArgumentException("No image has a score");
    }
    double psnr = scores.stream().mapToDouble(score -> score.score().psnr()).sum() / scores.size();
    return new Score(psnr, mean(scores, Score::ssim), mean(scores, Score::lpips));
  }

  private static OptionalDouble mean(
      List<ImageScore> scores, Function<Score, OptionalDouble> metric) {
    return scores.stream().flatMapToDouble(score -> metric.apply(score.score()).stream()).average();
  }
}

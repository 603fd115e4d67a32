package org.distillgrid.kd.eval;

import java.util.List;
import java.util.OptionalDouble;
import java.util.stream.DoubleStream;
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
   * Returns the score of a set: the mean of its images' PSNR, and of the SSIM of those that have
   * one.
   */
  public static Score mean(List<ImageScore> scores) {
    if (scores.isEmpty()) {
      throw new IllegalArgumentException("No image has a score");
    }
    double psnr = scores.stream().mapToDouble(score -> score.score().psnr()).sum() / scores.size();
    double[] similarities =
        scores.stream().flatMapToDouble(score -> score.score().ssim().stream()).toArray();
    if (similarities.length == 0) {
      return new Score(psnr, OptionalDouble.empty());
    }
    double ssim = DoubleStream.of(similarities).sum() / similarities.length;
    return new Score(psnr, OptionalDouble.of(ssim));
  }
}

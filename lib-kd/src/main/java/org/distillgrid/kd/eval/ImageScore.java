package org.distillgrid.kd.eval;

import java.util.List;
import org.distillgrid.kd.task.Score;

/**
 * How well one image of a test set was restored.
 *
 * @param dataset the set's name
 * @param image the image's name within the set
 * @param score its score by the task's judgement
 */
public record ImageScore(String dataset, String image, Score score) {
  /** Returns the score of a set: the mean of its images' PSNR and of their SSIM. */
  public static Score mean(List<ImageScore> scores) {
    if (scores.isEmpty()) {
      throw new IllegalArgumentException("No image has a score");
    }
    double count = scores.size();
    double psnr = scores.stream().mapToDouble(score -> score.score().psnr()).sum() / count;
    double ssim = scores.stream().mapToDouble(score -> score.score().ssim()).sum() / count;
    return new Score(psnr, ssim);
  }
}

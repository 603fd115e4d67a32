package org.distillgrid.kd.eval;

import org.distillgrid.kd.image.PlanarImage;
import org.distillgrid.kd.task.Comparison;
import org.distillgrid.kd.task.Judgement;
import org.distillgrid.kd.task.Score;

/**
 * Judges restored images: PSNR and SSIM as a judgement says, and LPIPS where its weights are given,
 * which looks at whole images in colour whatever the judgement crops.
 */
public final class Judge {
  private final Comparison comparison;
  private final LpipsMetric lpips;

  private Judge(Judgement judgement, LpipsMetric lpips) {
    this.comparison = Comparison.by(judgement);
    this.lpips = lpips;
  }

  /** Returns one that measures PSNR and SSIM. */
  public static Judge by(Judgement judgement) {
    return by(judgement, LpipsMetric.none());
  }

  /**
   * Returns one that measures LPIPS beside them.
   *
   * @param lpips stays its owner's to close
   */
  public static Judge by(Judgement judgement, LpipsMetric lpips) {
    return new Judge(judgement, lpips);
  }

  /**
   * Returns the score of a restored image.
   *
   * @throws org.distillgrid.kd.error.GridException with code INPUT if the images differ in size or
   *     nothing remains of them
   */
  public Score score(PlanarImage truth, PlanarImage restored) {
    return comparison.score(truth, restored).withLpips(lpips.between(truth, restored));
  }

  /**
   * Refuses an image that could not be compared with any restoration of it.
   *
   * @throws org.distillgrid.kd.error.GridException with code INPUT if nothing remains without its
   *     borders
   */
  void require(PlanarImage truth) {
    comparison.require(truth);
  }
}

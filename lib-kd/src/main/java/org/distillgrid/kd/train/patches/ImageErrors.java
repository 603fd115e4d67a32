package org.distillgrid.kd.train.patches;

import java.util.DoubleSummaryStatistics;
import java.util.SortedMap;
import java.util.TreeMap;
import org.distillgrid.kd.image.Psnr;

/**
 * Squared errors of patches, by the image that they were cut from. The squared error of an image is
 * the mean of its patches', as if they were the image: a mean of the patches' own decibels would be
 * that of the sky, whose patches have twenty more than others.
 */
public final class ImageErrors {
  private final PatchSource patches;
  private final SortedMap<Integer, DoubleSummaryStatistics> errors = new TreeMap<>();

  /** Gathers the errors of some patches. */
  public ImageErrors(PatchSource patches) {
    this.patches = patches;
  }

  /**
   * Adds that of one patch.
   *
   * @param index of the patch in its source
   * @param meanSquaredError of samples in [0, 255]
   */
  public void add(int index, double meanSquaredError) {
    errors
        .computeIfAbsent(patches.image(index), image -> new DoubleSummaryStatistics())
        .accept(meanSquaredError);
  }

  /** Returns the mean PSNR of the images in dB; NaN where nothing was added. */
  public double psnr() {
    return errors.values().stream()
        .mapToDouble(error -> Psnr.ofMeanSquaredError(error.getAverage()))
        .average()
        .orElse(Double.NaN);
  }
}

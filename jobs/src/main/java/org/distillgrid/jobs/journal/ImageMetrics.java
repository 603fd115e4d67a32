package org.distillgrid.jobs.journal;

import java.io.Serializable;

/**
 * How one image was restored.
 *
 * @param dataset the evaluation set's name
 * @param image the image's name
 * @param psnr in dB; infinite for identical images
 * @param ssim 1 for identical images; null for one smaller than its window
 * @param space {@code y} or {@code rgb}
 * @param cropPixels pixels left out at each border
 */
public record ImageMetrics(
    String dataset, String image, double psnr, Double ssim, String space, int cropPixels)
    implements Serializable {}

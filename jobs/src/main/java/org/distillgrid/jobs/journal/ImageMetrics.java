package org.distillgrid.jobs.journal;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.io.Serializable;

/**
 * How one image was restored.
 *
 * @param dataset the evaluation set's name
 * @param image the image's name
 * @param psnr in dB; infinite for identical images
 * @param ssim 1 for identical images; null for one smaller than its window
 * @param lpips 0 for identical images; null where it was not measured
 * @param space {@code y}, {@code rgb} or {@code grey}
 * @param cropPixels pixels left out at each border
 */
public record ImageMetrics(
    String dataset,
    String image,
    double psnr,
    Double ssim,
    @JsonInclude(JsonInclude.Include.NON_NULL) Double lpips,
    String space,
    int cropPixels)
    implements Serializable {}

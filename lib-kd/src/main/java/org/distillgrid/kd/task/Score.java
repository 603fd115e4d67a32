package org.distillgrid.kd.task;

import java.util.OptionalDouble;

/**
 * How near an image is to its ground truth.
 *
 * @param psnr in dB; +∞ for identical images
 * @param ssim at most 1; empty where the images are smaller than its window
 */
public record Score(double psnr, OptionalDouble ssim) {}

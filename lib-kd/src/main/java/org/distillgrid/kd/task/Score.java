package org.distillgrid.kd.task;

/**
 * How near an image is to its ground truth.
 *
 * @param psnr in dB; +∞ for identical images
 * @param ssim at most 1
 */
public record Score(double psnr, double ssim) {}

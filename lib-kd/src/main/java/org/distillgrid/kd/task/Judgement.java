package org.distillgrid.kd.task;

import java.io.Serializable;

/**
 * How an output is compared with its ground truth.
 *
 * @param space the colour space of the comparison
 * @param cropPixels pixels left out at each border
 */
public record Judgement(ColorSpace space, int cropPixels) implements Serializable {
  /** The planes on which PSNR and SSIM are computed. */
  public enum ColorSpace {
    /** BT.601 luma, 16..235, not rounded; a grey image is taken as its own luma. */
    Y,
    /** All channels, three or the only one of a grey image; SSIM is their mean. */
    RGB,
    /** One full-range channel, rounded to 8 bits, as MATLAB's {@code rgb2gray} makes it. */
    GREY
  }
}

package org.distillgrid.kd.model.reach;

import java.util.OptionalInt;

/** How far an output pixel of a network sees along one axis of its input. */
public sealed interface Reach {
  /**
   * So far and no farther, away from the image's borders.
   *
   * @param pixels the most input pixels that one output pixel depends on, ends included; about as
   *     many if there is no period
   * @param radius the most input pixels between an output pixel's own place and what it depends on,
   *     as far as it was tried if there is no period
   * @param period input pixels after which the pattern repeats: 1 for convolutions, the window for
   *     attention within windows; none if it does not repeat within a few pixels
   */
  record Local(int pixels, int radius, OptionalInt period) implements Reach {
    @Override
    public String toString() {
      if (period.isPresent()) {
        return Integer.toString(pixels);
      }
      return "about " + pixels;
    }
  }

  /** Everything: the network has an operation over the whole image. */
  record WholeImage() implements Reach {
    @Override
    public String toString() {
      return "the whole image";
    }
  }
}

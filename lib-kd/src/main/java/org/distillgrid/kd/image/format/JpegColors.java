package org.distillgrid.kd.image.format;

import java.util.Arrays;

/**
 * What the components of a JPEG are, by libjpeg's rules, and how they become grey or RGB: as
 * Pillow's {@code convert('RGB')} has them, to the bit.
 */
enum JpegColors {
  GREY,
  YCC,
  RGB,
  /** Inks, stored inverted as Adobe does. */
  CMYK,
  /** The same inks as luma, chroma and black. */
  YCCK;

  /** The file carries no marker of Adobe's. */
  static final int NO_ADOBE = -1;

  private static final int ADOBE_UNCHANGED = 0;
  private static final byte[] LETTERS = {'R', 'G', 'B'};

  /**
   * Returns what the components are.
   *
   * @param identifiers theirs
   * @param isJfif whether the file says that it is JFIF, which allows no other colours than YCC
   * @param adobeTransform what Adobe's marker says
   */
  static JpegColors of(byte[] identifiers, boolean isJfif, int adobeTransform)
      throws UnreadableException {
    boolean isUnchanged = adobeTransform == ADOBE_UNCHANGED;
    return switch (identifiers.length) {
      case 1 -> GREY;
      case 3 -> three(isJfif, isUnchanged, adobeTransform == NO_ADOBE, identifiers);
      case 4 -> four(isUnchanged || adobeTransform == NO_ADOBE);
      default ->
          throw new UnreadableException(
              "a JPEG of " + identifiers.length + " components is not supported");
    };
  }

  private static JpegColors three(
      boolean isJfif, boolean isUnchanged, boolean isUnsaid, byte[] identifiers) {
    boolean isRgb = isUnchanged || (isUnsaid && Arrays.equals(identifiers, LETTERS));
    if (isRgb && !isJfif) {
      return RGB;
    }
    return YCC;
  }

  private static JpegColors four(boolean isPlain) {
    if (isPlain) {
      return CMYK;
    }
    return YCCK;
  }

  /** Converts components to grey or RGB, in their place where they can stay there. */
  StoredImage converted(StoredImage components) {
    return switch (this) {
      case GREY, RGB -> components;
      case YCC -> YccConversion.rgb(components);
      case CMYK -> Inks.rgb(Inks.inverted(components));
      // Black apart, the inverse of an ink is what the conversion of the first three gives.
      case YCCK -> Inks.rgb(Inks.invertedBlack(YccConversion.rgb(components)));
    };
  }
}

package org.distillgrid.kd.image;

import org.distillgrid.kd.error.ErrorCode;
import org.distillgrid.kd.error.GridException;
import org.distillgrid.kd.image.format.ImageFile;
import org.distillgrid.kd.image.format.UnreadableException;

/**
 * What two files must have in common to be input and target of one picture. Where one of them has
 * an alpha channel and the other none, or only one has more than 8 bits a sample, the two have not
 * come the same way, and what differs between them is not what a network should learn to undo. Two
 * files of 16 bits are read as {@link ImageReader} reads any.
 */
public final class PairedFiles {
  private PairedFiles() {}

  /**
   * Refuses files that are not alike. What is no image passes: reading it says what it is.
   *
   * @throws GridException with code INPUT
   */
  public static void requireAlike(byte[] target, byte[] input) {
    ImageFile first;
    ImageFile second;
    try {
      first = ImageReader.open(target);
      second = ImageReader.open(input);
    } catch (UnreadableException | RuntimeException e) {
      return;
    }
    if (first.hasAlpha() != second.hasAlpha()) {
      throw GridException.of(
          ErrorCode.INPUT,
          "Cannot pair images: only the %s has an alpha channel",
          which(first.hasAlpha()));
    }
    if (isDeep(first) != isDeep(second)) {
      throw GridException.of(
          ErrorCode.INPUT,
          "Cannot pair images: the target has %d bits a sample, the input %d",
          first.bits(),
          second.bits());
    }
  }

  private static boolean isDeep(ImageFile file) {
    return file.bits() > Byte.SIZE;
  }

  private static String which(boolean isTarget) {
    if (isTarget) {
      return "target";
    }
    return "input";
  }
}

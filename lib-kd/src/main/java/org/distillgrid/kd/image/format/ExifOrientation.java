package org.distillgrid.kd.image.format;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** The orientation that EXIF data state; it is told, never applied. */
final class ExifOrientation {
  private static final byte[] PREFIX = "Exif\0\0".getBytes(StandardCharsets.ISO_8859_1);
  private static final int MOST = 8;

  private ExifOrientation() {}

  /** Returns the orientation 1..8 of EXIF data, with or without their prefix. */
  static int of(byte[] exif) {
    try {
      byte[] directory = exif;
      if (startsWithPrefix(exif)) {
        directory = Arrays.copyOfRange(exif, PREFIX.length, exif.length);
      }
      return of(TiffDirectory.of(directory));
    } catch (UnreadableException | IndexOutOfBoundsException e) {
      // Notes about a picture do not decide whether it can be read.
      return ImageFile.UPRIGHT;
    }
  }

  /** Returns the orientation 1..8 that a directory states. */
  static int of(TiffDirectory directory) throws UnreadableException {
    long stated = directory.value(TiffTag.ORIENTATION, ImageFile.UPRIGHT);
    if (stated < ImageFile.UPRIGHT || stated > MOST) {
      return ImageFile.UPRIGHT;
    }
    return (int) stated;
  }

  static boolean startsWithPrefix(byte[] exif) {
    return exif.length >= PREFIX.length
        && Arrays.equals(exif, 0, PREFIX.length, PREFIX, 0, PREFIX.length);
  }
}

package org.distillgrid.kd.image.format;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import org.distillgrid.kd.image.format.JpegSegments.Segment;

/**
 * What the header of a JPEG says.
 *
 * @param components how many, and by {@code colors} of what kind
 * @param orientation EXIF orientation, 1..8
 */
record JpegFrame(int height, int width, int components, JpegColors colors, int orientation) {
  private static final int FIRST_FRAME = 0xc0;
  private static final int LOSSLESS = 0xc3;
  private static final int HUFFMAN_TABLES = 0xc4;
  private static final int EXTENSION = 0xc8;
  private static final int ARITHMETIC_TABLES = 0xcc;
  private static final int LAST_FRAME = 0xcf;
  private static final int JFIF = 0xe0;
  private static final int EXIF = 0xe1;
  private static final int ADOBE = 0xee;
  private static final int ADOBE_TRANSFORM = 11;
  private static final int BITS = 8;

  static JpegFrame of(byte[] bytes, List<Segment> segments) throws UnreadableException {
    Segment frame = null;
    boolean isJfif = false;
    int adobeTransform = JpegColors.NO_ADOBE;
    int orientation = ImageFile.UPRIGHT;
    for (Segment segment : segments) {
      if (isFrame(segment.marker())) {
        frame = segment;
      } else if (segment.marker() == JFIF && begins(bytes, segment, "JFIF\0")) {
        isJfif = true;
      } else if (segment.marker() == ADOBE
          && begins(bytes, segment, "Adobe")
          && segment.to() - segment.from() > ADOBE_TRANSFORM) {
        adobeTransform = bytes[segment.from() + ADOBE_TRANSFORM] & 0xff;
      } else if (segment.marker() == EXIF && begins(bytes, segment, "Exif\0\0")) {
        orientation = ExifOrientation.of(Arrays.copyOfRange(bytes, segment.from(), segment.to()));
      }
    }
    return of(bytes, frame, isJfif, adobeTransform, orientation);
  }

  private static JpegFrame of(
      byte[] bytes, Segment frame, boolean isJfif, int adobeTransform, int orientation)
      throws UnreadableException {
    if (frame == null) {
      throw new UnreadableException("damaged JPEG: no frame");
    }
    if (frame.marker() == LOSSLESS) {
      throw new UnreadableException("a JPEG of the lossless kind is not supported");
    }
    int place = frame.from();
    int bits = bytes[place] & 0xff;
    if (bits != BITS) {
      throw new UnreadableException("a JPEG of " + bits + " bits is not supported");
    }
    int height = twoBytes(bytes, place + 1);
    int width = twoBytes(bytes, place + 3);
    byte[] identifiers = new byte[bytes[place + 5] & 0xff];
    for (int i = 0; i < identifiers.length; i++) {
      identifiers[i] = bytes[place + 6 + 3 * i];
    }
    JpegColors colors = JpegColors.of(identifiers, isJfif, adobeTransform);
    return new JpegFrame(height, width, identifiers.length, colors, orientation);
  }

  private static boolean isFrame(int marker) {
    return marker >= FIRST_FRAME
        && marker <= LAST_FRAME
        && marker != HUFFMAN_TABLES
        && marker != EXTENSION
        && marker != ARITHMETIC_TABLES;
  }

  private static boolean begins(byte[] bytes, Segment segment, String text) {
    byte[] wanted = text.getBytes(StandardCharsets.ISO_8859_1);
    int to = segment.from() + wanted.length;
    return to <= segment.to() && Arrays.equals(bytes, segment.from(), to, wanted, 0, wanted.length);
  }

  private static int twoBytes(byte[] bytes, int place) {
    return (bytes[place] & 0xff) << 8 | (bytes[place + 1] & 0xff);
  }
}

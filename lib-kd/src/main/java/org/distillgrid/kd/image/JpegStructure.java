package org.distillgrid.kd.image;

/**
 * Walks the segments of a JPEG to its end marker. The JDK's decoder fills what a truncated file
 * lacks with grey.
 */
final class JpegStructure {
  private static final int TEMPORARY = 0x01;
  private static final int FIRST_RESTART = 0xd0;
  private static final int START = 0xd8;
  private static final int END = 0xd9;
  private static final int SCAN = 0xda;
  private static final int STUFFED = 0x00;
  private static final int FILL = 0xff;

  private JpegStructure() {}

  static void requireWhole(byte[] bytes) throws UnreadableException {
    int position = 2;
    boolean scanned = false;
    while (true) {
      position = nextMarker(bytes, position);
      int marker = bytes[position] & 0xff;
      position++;
      if (marker == END && scanned) {
        return;
      }
      if (marker == SCAN) {
        scanned = true;
      }
      if (hasLength(marker)) {
        position = behindSegment(bytes, position);
      }
    }
  }

  // Inside a scan, 0xff is followed by a stuffed zero or a restart marker where it is data.
  private static int nextMarker(byte[] bytes, int from) throws UnreadableException {
    for (int i = from; i < bytes.length - 1; i++) {
      int next = bytes[i + 1] & 0xff;
      if ((bytes[i] & 0xff) == 0xff && next != STUFFED && next != FILL) {
        return i + 1;
      }
    }
    throw new UnreadableException("truncated JPEG");
  }

  private static int behindSegment(byte[] bytes, int position) throws UnreadableException {
    if (position + 2 > bytes.length) {
      throw new UnreadableException("truncated JPEG");
    }
    int length = (bytes[position] & 0xff) << 8 | (bytes[position + 1] & 0xff);
    return position + Math.max(2, length);
  }

  private static boolean hasLength(int marker) {
    return marker != TEMPORARY && (marker < FIRST_RESTART || marker > END) && marker != START;
  }
}

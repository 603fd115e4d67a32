package org.distillgrid.kd.image.format;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;

/**
 * Walks the segments of a JPEG to its end marker. The JDK's decoder fills what a truncated file
 * lacks with grey.
 */
final class JpegSegments {
  static final int SCAN = 0xda;
  private static final int TEMPORARY = 0x01;
  private static final int FIRST_RESTART = 0xd0;
  private static final int START = 0xd8;
  private static final int END = 0xd9;
  private static final int FIRST_APPLICATION = 0xe0;
  private static final int LAST_APPLICATION = 0xef;
  private static final int COMMENT = 0xfe;
  private static final int STUFFED = 0x00;
  private static final int FILL = 0xff;
  private static final int START_LENGTH = 2;
  // Real files have about ten; each costs a pass over all blocks, however few its bytes.
  private static final int MOST_SCANS = 200;

  private JpegSegments() {}

  /**
   * A segment in front of the first scan.
   *
   * @param marker its kind
   * @param from where its content begins, behind the length
   * @param to where it ends
   */
  record Segment(int marker, int from, int to) {
    boolean isApplicationData() {
      return (marker >= FIRST_APPLICATION && marker <= LAST_APPLICATION) || marker == COMMENT;
    }
  }

  /** Returns the segments in front of the first scan, and that scan's header as the last. */
  static List<Segment> header(byte[] bytes) throws UnreadableException {
    List<Segment> segments = new ArrayList<>();
    int position = START_LENGTH;
    while (true) {
      position = nextMarker(bytes, position);
      int marker = bytes[position] & 0xff;
      position++;
      if (hasLength(marker)) {
        int end = behindSegment(bytes, position);
        if (end > bytes.length) {
          throw new UnreadableException("truncated JPEG");
        }
        segments.add(new Segment(marker, Math.min(position + 2, end), end));
        position = end;
      }
      if (marker == SCAN) {
        return segments;
      }
    }
  }

  /**
   * Returns the file without application data and comments in front of its first scan, and without
   * what follows its end.
   *
   * @throws UnreadableException if it has no end
   */
  static byte[] samplesOnly(byte[] bytes, List<Segment> header) throws UnreadableException {
    Segment scan = header.get(header.size() - 1);
    int end = end(bytes, scan.to());
    ByteArrayOutputStream kept = new ByteArrayOutputStream(end);
    kept.write(bytes, 0, START_LENGTH);
    for (Segment segment : header) {
      if (!segment.isApplicationData()) {
        int from = segment.from() - 4;
        kept.write(bytes, from, segment.to() - from);
      }
    }
    kept.write(bytes, scan.to(), end - scan.to());
    return kept.toByteArray();
  }

  private static int end(byte[] bytes, int from) throws UnreadableException {
    int position = from;
    int scans = 1;
    while (true) {
      position = nextMarker(bytes, position);
      int marker = bytes[position] & 0xff;
      position++;
      if (marker == END) {
        return position;
      }
      if (marker == SCAN) {
        scans++;
      }
      if (scans > MOST_SCANS) {
        throw new UnreadableException("more than " + MOST_SCANS + " scans in a JPEG");
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

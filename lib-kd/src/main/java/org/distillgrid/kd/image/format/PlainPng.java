package org.distillgrid.kd.image.format;

import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/**
 * Decodes the PNG that nearly every data set is made of: 8 bits, grey or RGB, with or without
 * alpha, not interlaced, whole in every respect. It takes some seven tenths of the time of the
 * JDK's decoder, most of it zlib's, and loads none of the JDK's graphics. What is of another kind
 * or in the least odd is left to the JDK's decoder, which reads it or says what is wrong.
 */
final class PlainPng {
  private static final int HEADER_END = 33;
  private static final int CHUNK_FRAME = 12;
  private static final int DATA = 0x49444154;
  private static final int END = 0x49454e44;
  // A few lines at a time, so that they are still in the cache when their filters are undone.
  private static final int LINES_BYTES = 1 << 15;

  private final byte[] bytes;
  private final ByteBuffer buffer;
  private final int height;
  private final int lineBytes;
  private final PngLines lines;
  private final byte[] filtered;
  private int filled;
  private int row;

  private PlainPng(byte[] bytes, int bytesOfPixel, int height, int width) {
    this.bytes = bytes;
    this.buffer = ByteBuffer.wrap(bytes);
    this.height = height;
    this.lineBytes = 1 + Math.multiplyExact(bytesOfPixel, width);
    this.lines = PngLines.of(bytesOfPixel, height, width);
    this.filtered = new byte[Math.max(1, Math.min(height, LINES_BYTES / lineBytes)) * lineBytes];
  }

  /**
   * Decodes a file.
   *
   * @param bytes signature, header, and then whole chunks of right checksum, none of them ancillary
   * @param height the rows that its header claims, at least 1
   * @param width its columns, at least 1
   * @return nothing if the JDK's decoder has to look at it
   */
  static Optional<StoredImage> decode(byte[] bytes, int height, int width) {
    int bytesOfPixel = bytesOfPixel(bytes);
    boolean isPlain = bytes[24] == 8 && bytes[26] == 0 && bytes[27] == 0 && bytes[28] == 0;
    if (!isPlain || bytesOfPixel == 0 || (4L * width + 1) * height > Integer.MAX_VALUE - 8) {
      return Optional.empty();
    }
    PlainPng png = new PlainPng(bytes, bytesOfPixel, height, width);
    if (!png.fill()) {
      return Optional.empty();
    }
    byte[] planes = png.lines.planes();
    return Optional.of(new StoredImage(planes.length / (height * width), height, width, planes));
  }

  private static int bytesOfPixel(byte[] bytes) {
    return switch (bytes[25]) {
      case 0 -> 1;
      case 2 -> 3;
      case 4 -> 2;
      case 6 -> 4;
      default -> 0;
    };
  }

  /** Returns whether all was as it should be. */
  private boolean fill() {
    Inflater inflater = new Inflater();
    try {
      int position = HEADER_END;
      while (buffer.getInt(position + 4) == DATA) {
        int length = buffer.getInt(position);
        if (length == 0 || inflater.finished()) {
          return false;
        }
        inflater.setInput(bytes, position + CHUNK_FRAME - 4, length);
        inflate(inflater);
        position += CHUNK_FRAME + length;
      }
      return buffer.getInt(position + 4) == END
          && row == height
          && inflater.finished()
          && inflater.getRemaining() == 0;
    } catch (DataFormatException e) {
      return false;
    } finally {
      inflater.end();
    }
  }

  private void inflate(Inflater inflater) throws DataFormatException {
    while (true) {
      // One byte more than the last line has: so zlib goes on to its checksum, and finds it right.
      int wanted = Math.max(1, Math.min(filtered.length, (height - row) * lineBytes) - filled);
      int count = inflater.inflate(filtered, filled, wanted);
      if (count == 0) {
        return;
      }
      if (row == height) {
        throw new DataFormatException("more lines than rows");
      }
      filled += count;
      if (count == wanted) {
        undo();
      }
    }
  }

  private void undo() throws DataFormatException {
    for (int from = 0; from < filled; from += lineBytes) {
      lines.fill(filtered, from, row);
      row++;
    }
    filled = 0;
  }
}

package org.distillgrid.kd.image;

import java.nio.ByteBuffer;
import java.util.zip.CRC32;

/**
 * Walks the chunks of a PNG. The JDK's decoder checks neither checksums nor the end of the file,
 * and so hands out damaged pixels without a word.
 */
final class PngStructure {
  private static final int SIGNATURE = 8;
  private static final int CHUNK_FRAME = 12;
  private static final int HEADER = 0x49484452;
  private static final int DATA = 0x49444154;
  private static final int END = 0x49454e44;
  private static final int ANCILLARY = 0x20000000;
  // No deflate stream expands more than this.
  private static final long MOST_EXPANSION = 1032;

  private PngStructure() {}

  static void requireWhole(byte[] bytes) throws UnreadableException {
    ByteBuffer buffer = ByteBuffer.wrap(bytes);
    int position = SIGNATURE;
    long dataBytes = 0;
    while (bytes.length - position >= CHUNK_FRAME) {
      int length = buffer.getInt(position);
      int type = buffer.getInt(position + 4);
      if (length < 0 || length > bytes.length - position - CHUNK_FRAME) {
        throw new UnreadableException("truncated PNG");
      }
      if ((type & ANCILLARY) == 0) {
        requireChecksum(buffer, position, length);
      }
      if (type == DATA) {
        dataBytes += length;
      }
      if (type == END) {
        requireEnoughData(buffer, dataBytes);
        return;
      }
      position += CHUNK_FRAME + length;
    }
    throw new UnreadableException("truncated PNG");
  }

  private static void requireChecksum(ByteBuffer buffer, int position, int length)
      throws UnreadableException {
    CRC32 checksum = new CRC32();
    checksum.update(buffer.slice(position + 4, 4 + length));
    if ((int) checksum.getValue() != buffer.getInt(position + 8 + length)) {
      throw new UnreadableException("damaged PNG: a chunk's checksum is wrong");
    }
  }

  // A few bytes may claim gigabytes of pixels: what cannot be in the data is not worth allocating.
  private static void requireEnoughData(ByteBuffer buffer, long dataBytes)
      throws UnreadableException {
    if (buffer.getInt(SIGNATURE + 4) != HEADER || buffer.getInt(SIGNATURE) != 13) {
      throw new UnreadableException("damaged PNG: no header");
    }
    long width = buffer.getInt(SIGNATURE + 8);
    long height = buffer.getInt(SIGNATURE + 12);
    int depth = buffer.get(SIGNATURE + 16);
    if (width * height / 8 * depth > dataBytes * MOST_EXPANSION) {
      throw new UnreadableException("truncated PNG: too little data for " + height + "×" + width);
    }
  }
}

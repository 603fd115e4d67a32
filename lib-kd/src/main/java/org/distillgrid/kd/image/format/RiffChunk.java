package org.distillgrid.kd.image.format;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;

/**
 * A chunk of a WebP.
 *
 * @param type its four letters
 * @param from where its content begins
 * @param to where that ends
 */
record RiffChunk(String type, int from, int to) {
  private static final int FRAME = 8;

  /** Returns the chunks that lie between two places. */
  static List<RiffChunk> between(byte[] bytes, int from, int to) throws UnreadableException {
    ByteBuffer buffer = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    List<RiffChunk> chunks = new ArrayList<>();
    int position = from;
    while (to - position >= FRAME) {
      long length = Integer.toUnsignedLong(buffer.getInt(position + 4));
      if (length > to - position - FRAME) {
        throw new UnreadableException("truncated WebP");
      }
      int begin = position + FRAME;
      int end = begin + (int) length;
      chunks.add(new RiffChunk(letters(bytes, position), begin, end));
      position = (int) Math.min(to, end + (length & 1));
    }
    return chunks;
  }

  static String letters(byte[] bytes, int position) {
    StringBuilder letters = new StringBuilder();
    for (int i = 0; i < 4; i++) {
      letters.append((char) (bytes[position + i] & 0xff));
    }
    return letters.toString();
  }
}

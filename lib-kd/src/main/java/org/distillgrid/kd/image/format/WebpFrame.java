package org.distillgrid.kd.image.format;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import java.util.Optional;

/**
 * The chunk of a WebP that holds the samples of its only, or its first, picture.
 *
 * @param chunk a lossy or a lossless bit stream
 */
record WebpFrame(RiffChunk chunk, int height, int width) {
  private static final String LOSSY = "VP8 ";
  private static final String LOSSLESS = "VP8L";
  private static final String EXTENDED = "VP8X";
  private static final String ANIMATED = "ANMF";
  private static final int LOSSY_START = 0x2a019d;
  private static final int LOSSLESS_START = 0x2f;
  private static final int SIDE_BITS = 14;
  private static final int SIDE = (1 << SIDE_BITS) - 1;
  private static final int ALPHA_IS_USED = 0x10;
  private static final int ANIMATED_HEADER = 16;

  /** Returns the frame among the chunks of a file. */
  static WebpFrame among(List<RiffChunk> chunks, byte[] bytes) throws UnreadableException {
    Optional<WebpFrame> still = still(chunks, bytes);
    if (still.isPresent()) {
      return still.get();
    }
    for (RiffChunk chunk : chunks) {
      if (chunk.type().equals(ANIMATED)) {
        return firstOfAnimation(chunk, chunks.get(0), bytes);
      }
    }
    throw new UnreadableException("damaged WebP: no picture");
  }

  /** Returns a file of this picture alone: no profile, no transparency beside it, no notes. */
  byte[] alone(byte[] bytes) {
    int length = chunk.to() - chunk.from();
    int padded = length + (length & 1);
    ByteBuffer file = ByteBuffer.allocate(20 + padded).order(ByteOrder.LITTLE_ENDIAN);
    file.put(letters("RIFF")).putInt(12 + padded).put(letters("WEBP"));
    file.put(letters(chunk.type())).putInt(length).put(bytes, chunk.from(), length);
    return file.array();
  }

  /** Returns whether its samples, which are lossless then, have an alpha channel among them. */
  boolean hasAlpha(byte[] bytes) {
    return chunk.type().equals(LOSSLESS) && (bytes[chunk.from() + 4] & ALPHA_IS_USED) != 0;
  }

  private static Optional<WebpFrame> still(List<RiffChunk> chunks, byte[] bytes)
      throws UnreadableException {
    ByteBuffer buffer = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    for (RiffChunk chunk : chunks) {
      if (chunk.type().equals(LOSSY)) {
        return Optional.of(lossy(chunk, buffer));
      }
      if (chunk.type().equals(LOSSLESS)) {
        return Optional.of(lossless(chunk, buffer));
      }
    }
    return Optional.empty();
  }

  private static WebpFrame lossy(RiffChunk chunk, ByteBuffer buffer) throws UnreadableException {
    int at = chunk.from();
    if ((buffer.getInt(at + 3) & 0xffffff) != LOSSY_START) {
      throw new UnreadableException("damaged WebP: no key frame");
    }
    // The two upper bits of each are an enlargement that nobody applies.
    return new WebpFrame(chunk, buffer.getShort(at + 8) & SIDE, buffer.getShort(at + 6) & SIDE);
  }

  private static WebpFrame lossless(RiffChunk chunk, ByteBuffer buffer) throws UnreadableException {
    if (buffer.get(chunk.from()) != LOSSLESS_START) {
      throw new UnreadableException("damaged WebP: no lossless picture");
    }
    int sides = buffer.getInt(chunk.from() + 1);
    return new WebpFrame(chunk, 1 + ((sides >> SIDE_BITS) & SIDE), 1 + (sides & SIDE));
  }

  private static WebpFrame firstOfAnimation(RiffChunk animated, RiffChunk canvas, byte[] bytes)
      throws UnreadableException {
    int from = animated.from() + ANIMATED_HEADER;
    WebpFrame frame =
        still(RiffChunk.between(bytes, from, animated.to()), bytes)
            .orElseThrow(() -> new UnreadableException("damaged WebP: no picture"));
    if (!canvas.type().equals(EXTENDED)
        || frame.width != 1 + threeBytes(bytes, canvas.from() + 4)
        || frame.height != 1 + threeBytes(bytes, canvas.from() + 7)) {
      throw new UnreadableException("an animated WebP whose first frame is a part of its canvas");
    }
    return frame;
  }

  private static int threeBytes(byte[] bytes, int at) {
    int low = bytes[at] & 0xff;
    int middle = bytes[at + 1] & 0xff;
    int high = bytes[at + 2] & 0xff;
    return low | (middle << 8) | (high << 16);
  }

  private static byte[] letters(String type) {
    byte[] letters = new byte[type.length()];
    for (int i = 0; i < letters.length; i++) {
      letters[i] = (byte) type.charAt(i);
    }
    return letters;
  }
}

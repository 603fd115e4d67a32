package org.distillgrid.kd.image;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** Compares the length that a WebP states with the bytes that are there. */
final class WebpStructure {
  private static final int FRAME = 8;
  private static final int FORM_TYPE = 0x50424557;

  private WebpStructure() {}

  static void requireWhole(byte[] bytes) throws UnreadableException {
    ByteBuffer buffer = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    if (bytes.length < FRAME + 4 || buffer.getInt(FRAME) != FORM_TYPE) {
      throw new UnreadableException("not a WebP image, though a RIFF file");
    }
    long stated = Integer.toUnsignedLong(buffer.getInt(4));
    if (stated + FRAME > bytes.length) {
      throw new UnreadableException("truncated WebP");
    }
  }
}

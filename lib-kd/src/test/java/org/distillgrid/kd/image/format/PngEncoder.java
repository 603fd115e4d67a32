package org.distillgrid.kd.image.format;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.zip.CRC32;
import java.util.zip.Deflater;

/**
 * Writes PNG files whose lines hold any bytes at all under any filter: whatever they are, they mean
 * some picture.
 */
final class PngEncoder {
  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
  private final DataOutputStream out = new DataOutputStream(bytes);

  /** The three choices of a header that decide how lines are laid out. */
  record Layout(int depth, int colorType, int interlace) {}

  PngEncoder(Layout layout, int height, int width) {
    ByteArrayOutputStream header = new ByteArrayOutputStream();
    try (DataOutputStream fields = new DataOutputStream(header)) {
      out.writeLong(0x89504e470d0a1a0aL);
      fields.writeInt(width);
      fields.writeInt(height);
      fields.write(new byte[] {(byte) layout.depth(), (byte) layout.colorType(), 0, 0});
      fields.writeByte(layout.interlace());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    chunk("IHDR", header.toByteArray());
  }

  /** Adds a chunk of right checksum. */
  PngEncoder chunk(String type, byte... content) {
    CRC32 checksum = new CRC32();
    byte[] name = type.getBytes(StandardCharsets.ISO_8859_1);
    checksum.update(name);
    checksum.update(content);
    try {
      out.writeInt(content.length);
      out.write(name);
      out.write(content);
      out.writeInt((int) checksum.getValue());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return this;
  }

  /** Adds bytes as chunks of samples of at most the given length. */
  PngEncoder data(byte[] deflated, int length) {
    for (int from = 0; from < deflated.length; from += length) {
      int to = Math.min(deflated.length, from + length);
      chunk("IDAT", Arrays.copyOfRange(deflated, from, to));
    }
    return this;
  }

  /** Returns the file. */
  byte[] end() {
    chunk("IEND");
    return bytes.toByteArray();
  }

  /** Returns lines as PNG compresses them. */
  static byte[] deflated(byte[] lines) {
    Deflater deflater = new Deflater();
    deflater.setInput(lines);
    deflater.finish();
    byte[] deflated = new byte[lines.length + lines.length / 1000 + 64];
    int length = deflater.deflate(deflated);
    deflater.end();
    return Arrays.copyOf(deflated, length);
  }
}

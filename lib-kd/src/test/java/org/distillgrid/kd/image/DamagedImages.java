package org.distillgrid.kd.image;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.zip.CRC32;

/** Cuts, flips, splices files, and makes their headers claim other sizes. */
final class DamagedImages {
  private static final int REACH = 200;
  private static final int PNG_SIGNATURE = 8;
  private static final int CHUNK_FRAME = 12;
  private static final int[] CLAIMS = {
    0,
    1,
    2,
    0x7f,
    0xff,
    300,
    4096,
    0x3fff,
    0x4000,
    0x7fff,
    0xffff,
    0x10000,
    100_000,
    1 << 24,
    Integer.MAX_VALUE,
    Integer.MIN_VALUE,
    -1
  };

  private final SplittableRandom random;

  DamagedImages(SplittableRandom random) {
    this.random = random;
  }

  /** Returns a damaged copy of a file; pieces of others may come into it. */
  byte[] of(byte[] whole, List<byte[]> others) {
    byte[] bytes = whole.clone();
    int changes = 1 + random.nextInt(4);
    for (int change = 0; change < changes; change++) {
      change(bytes);
    }
    if (random.nextInt(12) == 0) {
      bytes = spliced(bytes, others.get(random.nextInt(others.size())));
    }
    if (random.nextInt(8) == 0) {
      bytes = Arrays.copyOf(bytes, random.nextInt(bytes.length));
    }
    if (random.nextBoolean()) {
      repairChecksums(bytes);
    }
    return bytes;
  }

  // Headers lie in front, TIFF's directory at the end: both are hit more often than pixels.
  private void change(byte[] bytes) {
    int reach = Math.min(bytes.length, REACH);
    int place =
        switch (random.nextInt(3)) {
          case 0 -> random.nextInt(reach);
          case 1 -> bytes.length - 1 - random.nextInt(reach);
          default -> random.nextInt(bytes.length);
        };
    switch (random.nextInt(5)) {
      case 0 -> bytes[place] = (byte) random.nextInt(256);
      case 1 -> bytes[place] ^= (byte) (1 << random.nextInt(8));
      case 2 -> claim(bytes, place);
      case 3 -> claim(bytes, random.nextInt(reach));
      default -> bytes[place] = (byte) 0xff;
    }
  }

  private void claim(byte[] bytes, int place) {
    ByteBuffer buffer = ByteBuffer.wrap(bytes);
    if (random.nextBoolean()) {
      buffer.order(ByteOrder.LITTLE_ENDIAN);
    }
    int value = CLAIMS[random.nextInt(CLAIMS.length)];
    if (random.nextBoolean() && place + 4 <= bytes.length) {
      buffer.putInt(place, value);
    } else if (place + 2 <= bytes.length) {
      buffer.putShort(place, (short) value);
    }
  }

  private byte[] spliced(byte[] bytes, byte[] other) {
    int from = random.nextInt(other.length);
    int length = Math.min(other.length - from, random.nextInt(400));
    int place = random.nextInt(bytes.length);
    ByteBuffer spliced = ByteBuffer.allocate(bytes.length + length);
    spliced.put(bytes, 0, place).put(other, from, length).put(bytes, place, bytes.length - place);
    return spliced.array();
  }

  // Else a PNG is refused for its checksums, and what lies behind them is never tried.
  private static void repairChecksums(byte[] bytes) {
    if (bytes.length < PNG_SIGNATURE || bytes[1] != 'P') {
      return;
    }
    ByteBuffer buffer = ByteBuffer.wrap(bytes);
    int position = PNG_SIGNATURE;
    while (bytes.length - position >= CHUNK_FRAME) {
      int length = buffer.getInt(position);
      if (length < 0 || length > bytes.length - position - CHUNK_FRAME) {
        return;
      }
      CRC32 checksum = new CRC32();
      checksum.update(bytes, position + 4, 4 + length);
      buffer.putInt(position + 8 + length, (int) checksum.getValue());
      position += CHUNK_FRAME + length;
    }
  }
}

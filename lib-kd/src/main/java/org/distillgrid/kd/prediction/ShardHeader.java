package org.distillgrid.kd.prediction;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import org.distillgrid.kd.random.Sha256;

/**
 * What a shard holds: some neighbouring patches of a set. Whoever reads one knows beforehand what
 * its header must say, so that nothing in a file is believed.
 *
 * @param key of the set
 * @param first index of its first patch in the source
 * @param patches how many it has
 * @param size how large the prediction of one is
 */
public record ShardHeader(String key, int first, int patches, PredictionSize size) {
  static final long MAGIC = 0x4447505245444943L;
  static final int VERSION = 1;
  static final int HEADER = 128;
  static final int CHECKSUM = 32;

  /** Bytes of a shard beside its predictions. */
  static final int FRAME = HEADER + CHECKSUM;

  private static final int KEY = 64;
  static final int VERSION_AT = Long.BYTES;
  static final int KEY_AT = VERSION_AT + Integer.BYTES;

  /** Returns how long its file is. */
  public long fileBytes() {
    return patches * size.bytes() + FRAME;
  }

  /** Returns where a turn of a patch begins in its file. */
  int position(int patchInShard, int turn) {
    long turns = (long) patchInShard * PredictionSize.TURNS + turn;
    return Math.toIntExact(HEADER + turns * size.samples() * Character.BYTES);
  }

  /** Returns it as it stands at the beginning of the file. */
  ByteBuffer bytes() {
    byte[] name = key.getBytes(StandardCharsets.US_ASCII);
    if (name.length > KEY) {
      throw new IllegalArgumentException("A key of " + name.length + " characters");
    }
    ByteBuffer header = ByteBuffer.allocate(HEADER).order(ByteOrder.LITTLE_ENDIAN);
    header.putLong(MAGIC).putInt(VERSION).put(name).position(KEY_AT + KEY);
    header.putInt(PredictionSize.TURNS).putInt(first).putInt(patches);
    header.putInt(size.channels()).putInt(size.height()).putInt(size.width());
    return header.rewind();
  }

  /** Returns the SHA-256 of all of a whole file but its end, which holds it. */
  static byte[] checksum(ByteBuffer file) {
    MessageDigest digest = Sha256.digest();
    digest.update(file.slice(0, file.capacity() - CHECKSUM));
    return digest.digest();
  }

  /** Returns the part of a header that holds the key. */
  static ByteBuffer keyIn(ByteBuffer header) {
    return header.slice(KEY_AT, KEY);
  }
}

package org.distillgrid.kd.prediction;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.CharBuffer;

/** Lays out one shard in memory, patch after patch and turn after turn. */
public final class ShardWriter {
  private final ShardHeader header;
  private final ByteBuffer content;

  /** Begins a shard in which everything is missing. */
  public ShardWriter(ShardHeader header) {
    this.header = header;
    this.content =
        ByteBuffer.allocate(Math.toIntExact(header.fileBytes())).order(ByteOrder.LITTLE_ENDIAN);
    content.put(0, header.bytes(), 0, ShardHeader.HEADER);
  }

  /**
   * Puts the prediction of a patch in one turn.
   *
   * @param patch its index in the source
   * @param turn its number, 0…7
   * @param samples in [0, 1], not clamped, C×H×W from {@code from} on
   * @throws org.distillgrid.kd.error.GridException if one of them is no number
   */
  public void put(int patch, int turn, float[] samples, int from) {
    CharBuffer into = chars(content, header.position(patch - header.first(), turn));
    for (int i = 0; i < header.size().samples(); i++) {
      into.put(i, FixedPoint.of(samples[from + i]));
    }
  }

  /** Returns the whole file, its checksum at the end. */
  public byte[] bytes() {
    byte[] bytes = content.array();
    content.put(bytes.length - ShardHeader.CHECKSUM, ShardHeader.checksum(content));
    return bytes;
  }

  private CharBuffer chars(ByteBuffer buffer, int position) {
    return buffer
        .slice(position, header.size().samples() * Character.BYTES)
        .order(ByteOrder.LITTLE_ENDIAN)
        .asCharBuffer();
  }
}

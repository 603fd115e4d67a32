package org.distillgrid.kd.prediction;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.CharBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HexFormat;
import org.distillgrid.kd.error.ErrorCode;
import org.distillgrid.kd.error.GridException;

/** One shard that has been checked to the last byte. */
public final class PredictionShard {
  private final ShardHeader header;
  private final ByteBuffer content;

  private PredictionShard(ShardHeader header, ByteBuffer content) {
    this.header = header;
    this.content = content;
  }

  /**
   * Takes a file's content.
   *
   * @param expected what it must hold
   * @param source names it in a message
   * @throws GridException if it is anything else: cut, longer, damaged, of other predictions
   */
  public static PredictionShard of(byte[] content, ShardHeader expected, String source) {
    return checked(ByteBuffer.wrap(content), expected, source);
  }

  /**
   * Maps a file.
   *
   * @param expected what it must hold
   * @throws GridException if it is anything else, or cannot be read
   */
  public static PredictionShard map(Path file, ShardHeader expected) {
    try (FileChannel channel = FileChannel.open(file)) {
      long length = Math.min(channel.size(), Integer.MAX_VALUE);
      return checked(
          channel.map(FileChannel.MapMode.READ_ONLY, 0, length), expected, file.toString());
    } catch (IOException e) {
      throw GridException.of(
          e, ErrorCode.INPUT, "Cannot use predictions %s: %s", file, e.getMessage());
    }
  }

  private static PredictionShard checked(ByteBuffer file, ShardHeader expected, String source) {
    ByteBuffer content = file.order(ByteOrder.LITTLE_ENDIAN);
    if (content.capacity() < ShardHeader.FRAME) {
      throw refused(source, "cut short, %d bytes".formatted(content.capacity()));
    }
    header(content, expected, source);
    if (content.capacity() != expected.fileBytes()) {
      throw refused(
          source, "%d bytes instead of %d".formatted(content.capacity(), expected.fileBytes()));
    }
    if (!Arrays.equals(ShardHeader.checksum(content), stored(content))) {
      throw refused(source, "damaged, its checksum differs");
    }
    return new PredictionShard(expected, content);
  }

  private static void header(ByteBuffer content, ShardHeader expected, String source) {
    ByteBuffer found = content.slice(0, ShardHeader.HEADER).order(ByteOrder.LITTLE_ENDIAN);
    ByteBuffer wanted = expected.bytes();
    if (found.getLong(0) != ShardHeader.MAGIC) {
      throw refused(source, "no file of predictions");
    }
    int version = found.getInt(ShardHeader.VERSION_AT);
    if (version != ShardHeader.VERSION) {
      throw refused(source, "format %d instead of %d".formatted(version, ShardHeader.VERSION));
    }
    if (!ShardHeader.keyIn(found).equals(ShardHeader.keyIn(wanted))) {
      throw refused(source, "of another teacher, task or patches");
    }
    if (!found.equals(wanted)) {
      throw refused(source, "of other patches or another size");
    }
  }

  /** Returns the SHA-256 that stands at its end, hexadecimal. */
  public String checksum() {
    return HexFormat.of().formatHex(stored(content));
  }

  /**
   * Reads the prediction of a patch in one turn.
   *
   * @param patch its index in the source
   * @param turn its number, 0…7
   * @param into takes C×H×W samples from {@code at} on
   */
  void read(int patch, int turn, float[] into, int at) {
    int samples = header.size().samples();
    CharBuffer from =
        content
            .slice(header.position(patch - header.first(), turn), samples * Character.BYTES)
            .order(ByteOrder.LITTLE_ENDIAN)
            .asCharBuffer();
    for (int i = 0; i < samples; i++) {
      into[at + i] = FixedPoint.sample(from.get(i));
    }
  }

  private static byte[] stored(ByteBuffer content) {
    byte[] checksum = new byte[ShardHeader.CHECKSUM];
    content.get(content.capacity() - checksum.length, checksum);
    return checksum;
  }

  private static GridException refused(String source, String why) {
    return GridException.of(ErrorCode.INPUT, "Cannot use predictions %s: %s", source, why);
  }
}

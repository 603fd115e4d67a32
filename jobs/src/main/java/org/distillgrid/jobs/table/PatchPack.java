package org.distillgrid.jobs.table;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.CRC32C;
import org.distillgrid.jobs.folder.Messages;
import org.distillgrid.kd.error.ErrorCode;
import org.distillgrid.kd.error.GridException;

/**
 * A file of equally large pairs of patches: a header with its own checksum, then input and target
 * of every pair. It is mapped in pieces, because one map ends at 2 GiB.
 */
final class PatchPack implements AutoCloseable {
  private static final long MAGIC = 0x44475041434b3031L;
  private static final int HEADER = 64;
  private static final long PIECE = 1L << 30;

  /** How many pairs there are, and how large. */
  record Layout(
      int count, int channels, int inputHeight, int inputWidth, int targetHeight, int targetWidth) {
    int inputBytes() {
      return channels * inputHeight * inputWidth;
    }

    int targetBytes() {
      return channels * targetHeight * targetWidth;
    }

    long pairBytes() {
      return (long) inputBytes() + targetBytes();
    }

    long fileBytes() {
      return HEADER + count * pairBytes();
    }
  }

  private final Layout layout;
  private final long pairsInPiece;
  private List<MappedByteBuffer> pieces;

  private PatchPack(Layout layout, long pairsInPiece, List<MappedByteBuffer> pieces) {
    this.layout = layout;
    this.pairsInPiece = pairsInPiece;
    this.pieces = pieces;
  }

  /** Returns whether there is a file with a sound header and the length that it promises. */
  static boolean isWhole(Path file) throws IOException {
    if (!Files.isRegularFile(file)) {
      return false;
    }
    try (FileChannel channel = FileChannel.open(file)) {
      return readLayout(channel) != null;
    }
  }

  /** Writes the patches of a table, sorted by patch id. */
  static void write(Path file, PatchTableReader table) {
    PatchTableReader.Order order = table.order();
    Layout layout = order.layout();
    try (FileChannel channel =
        FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
      table.forEachPair(
          order,
          (index, input, target) -> {
            long position = HEADER + index * layout.pairBytes();
            put(channel, position, input);
            put(channel, position + input.length, target);
          });
      put(channel, 0, header(layout));
      channel.force(true);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Maps a file.
   *
   * @throws GridException if it is not whole
   */
  static PatchPack map(Path file) {
    try (FileChannel channel = FileChannel.open(file)) {
      Layout layout = readLayout(channel);
      if (layout == null) {
        throw GridException.of(ErrorCode.INPUT, "Cannot open %s: not a whole patch file", file);
      }
      long pairsInPiece = Math.max(1, PIECE / layout.pairBytes());
      List<MappedByteBuffer> pieces = new ArrayList<>();
      for (long first = 0; first < layout.count(); first += pairsInPiece) {
        long pairs = Math.min(pairsInPiece, layout.count() - first);
        pieces.add(
            channel.map(
                FileChannel.MapMode.READ_ONLY,
                HEADER + first * layout.pairBytes(),
                pairs * layout.pairBytes()));
      }
      return new PatchPack(layout, pairsInPiece, List.copyOf(pieces));
    } catch (IOException e) {
      throw GridException.of(e, ErrorCode.INPUT, "Cannot open %s: %s", file, Messages.firstLine(e));
    }
  }

  Layout layout() {
    return layout;
  }

  /** Copies a pair; any thread may do so at any time. */
  void read(int index, byte[] input, byte[] target) {
    List<MappedByteBuffer> open = pieces;
    if (open.isEmpty()) {
      throw new IllegalStateException("The patch file is closed");
    }
    if (index < 0 || index >= layout.count()) {
      throw new IndexOutOfBoundsException(index);
    }
    MappedByteBuffer piece = open.get((int) (index / pairsInPiece));
    int position = (int) (index % pairsInPiece * layout.pairBytes());
    piece.get(position, input);
    piece.get(position + input.length, target);
  }

  @Override
  public void close() {
    pieces = List.of();
  }

  private static void put(FileChannel channel, long position, byte[] bytes) throws IOException {
    ByteBuffer rest = ByteBuffer.wrap(bytes);
    while (rest.hasRemaining()) {
      channel.write(rest, position + rest.position());
    }
  }

  private static byte[] header(Layout layout) {
    ByteBuffer header = ByteBuffer.allocate(HEADER);
    header.putLong(MAGIC).putInt(layout.count()).putInt(layout.channels());
    header.putInt(layout.inputHeight()).putInt(layout.inputWidth());
    header.putInt(layout.targetHeight()).putInt(layout.targetWidth());
    header.putLong(HEADER - Long.BYTES, checksum(header.array()));
    return header.array();
  }

  private static Layout readLayout(FileChannel channel) throws IOException {
    ByteBuffer header = ByteBuffer.allocate(HEADER);
    while (header.hasRemaining() && channel.read(header, header.position()) >= 0) {
      // A short read goes on where it ended.
    }
    if (header.hasRemaining() || header.getLong(0) != MAGIC) {
      return null;
    }
    if (header.getLong(HEADER - Long.BYTES) != checksum(header.array())) {
      return null;
    }
    header.position(Long.BYTES);
    Layout layout =
        new Layout(
            header.getInt(),
            header.getInt(),
            header.getInt(),
            header.getInt(),
            header.getInt(),
            header.getInt());
    if (channel.size() != layout.fileBytes()) {
      return null;
    }
    return layout;
  }

  private static long checksum(byte[] header) {
    CRC32C checksum = new CRC32C();
    checksum.update(header, 0, HEADER - Long.BYTES);
    return checksum.getValue();
  }
}

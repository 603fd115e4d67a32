package org.distillgrid.jobs.table;

import java.io.IOException;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.distillgrid.jobs.folder.Messages;
import org.distillgrid.kd.error.ErrorCode;
import org.distillgrid.kd.error.GridException;
import org.distillgrid.kd.image.PlanarImage;
import org.distillgrid.kd.train.patches.PatchSource;
import org.distillgrid.kd.train.recipe.Window;

/**
 * A file of equally large pairs of patches: a header, input and target of every pair, and their
 * checksums and images. It is mapped in pieces, because one map ends at 2 GiB; memory holds what
 * the system keeps of it, which all processes of the machine share. A pair is checked when it is
 * first read, so that opening a large file takes no longer than opening a small one.
 */
final class PatchPack implements AutoCloseable {
  private static final long PIECE = 1L << 30;

  private final Path file;
  private final PackIndex index;
  private final int pairsInPiece;
  // Threads may check a pair twice and write the same: a byte each, as bits would be lost.
  private final byte[] sound;
  private List<MappedByteBuffer> pieces;

  private PatchPack(Path file, PackIndex index, int pairsInPiece, List<MappedByteBuffer> pieces) {
    this.file = file;
    this.index = index;
    this.pairsInPiece = pairsInPiece;
    this.sound = new byte[index.layout().count()];
    this.pieces = pieces;
  }

  /**
   * Maps a file.
   *
   * @throws GridException if it is not whole
   */
  static PatchPack map(Path file) {
    return map(file, PIECE);
  }

  /** Maps a file in pieces of some bytes, or of one pair where that is more. */
  static PatchPack map(Path file, long pieceBytes) {
    try (FileChannel channel = FileChannel.open(file)) {
      PackIndex index =
          PackIndex.read(channel)
              .orElseThrow(
                  () ->
                      GridException.of(
                          ErrorCode.INPUT,
                          "Cannot use patches %s: cut short, damaged or of another version",
                          file));
      PackLayout layout = index.layout();
      int pairsInPiece = (int) Math.max(1, pieceBytes / layout.pairBytes());
      List<MappedByteBuffer> pieces = new ArrayList<>();
      for (int first = 0; first < layout.count(); first += pairsInPiece) {
        int last = Math.min(layout.count(), first + pairsInPiece);
        long from = layout.position(first);
        pieces.add(channel.map(FileChannel.MapMode.READ_ONLY, from, layout.position(last) - from));
      }
      return new PatchPack(file, index, pairsInPiece, List.copyOf(pieces));
    } catch (IOException e) {
      throw GridException.of(
          e, ErrorCode.INPUT, "Cannot use patches %s: %s", file, Messages.firstLine(e));
    }
  }

  PackLayout layout() {
    return index.layout();
  }

  /** Returns the number of the image that a pair is of. */
  int image(int number) {
    return index.image(number);
  }

  /**
   * Copies what a window shows of a pair, and no more; any thread may do so at any time.
   *
   * @param window laid on the input
   * @throws GridException if the pair is not what was written; the file is then deleted
   */
  PatchSource.Pair read(int number, Window window) {
    List<MappedByteBuffer> open = pieces;
    if (open.isEmpty()) {
      throw new IllegalStateException("The patch file is closed");
    }
    PackLayout layout = layout();
    if (number < 0 || number >= layout.count()) {
      throw new IndexOutOfBoundsException(number);
    }
    MappedByteBuffer piece = open.get(number / pairsInPiece);
    int input = number % pairsInPiece * layout.pairBytes();
    int target = input + layout.inputBytes();
    if (sound[number] == 0) {
      if (!index.fits(number, piece.slice(input, layout.pairBytes()))) {
        throw damaged(number);
      }
      sound[number] = 1;
    }
    return new PatchSource.Pair(
        cut(piece, input, layout.inputHeight(), layout.inputWidth(), window),
        cut(
            piece,
            target,
            layout.targetHeight(),
            layout.targetWidth(),
            window.times(layout.scale())));
  }

  private PlanarImage cut(MappedByteBuffer piece, int from, int height, int width, Window window) {
    window.requireWithin(height, width);
    int channels = layout().channels();
    byte[] samples = new byte[channels * window.height() * window.width()];
    // Rows that are taken whole lie side by side.
    int rowsAtOnce = 1;
    if (window.width() == width) {
      rowsAtOnce = window.height();
    }
    int bytes = rowsAtOnce * window.width();
    int at = 0;
    for (int channel = 0; channel < channels; channel++) {
      for (int row = 0; row < window.height(); row += rowsAtOnce) {
        int line = channel * height + window.row() + row;
        piece.get(from + line * width + window.column(), samples, at, bytes);
        at += bytes;
      }
    }
    return new PlanarImage(channels, window.height(), window.width(), samples);
  }

  @Override
  public void close() {
    pieces = List.of();
  }

  private GridException damaged(int number) {
    try {
      Files.deleteIfExists(file);
    } catch (IOException e) {
      return GridException.of(
          e,
          ErrorCode.INPUT,
          "Cannot use patches %s: damaged, the checksum of patch %d differs; delete it",
          file,
          number);
    }
    return GridException.of(
        ErrorCode.INPUT,
        "Cannot use patches %s: damaged, the checksum of patch %d differs (deleted, the next run"
            + " makes it anew)",
        file,
        number);
  }
}

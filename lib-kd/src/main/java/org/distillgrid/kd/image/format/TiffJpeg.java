package org.distillgrid.kd.image.format;

import java.io.IOException;
import java.util.Arrays;

/**
 * A TIFF whose strips or tiles are JPEGs. Each is decoded as a file of its own, as libtiff does;
 * the directory, not the JPEG, says what the components mean.
 */
final class TiffJpeg {
  private static final int BITS = 8;
  private static final int CHUNKY = 1;
  private static final int WHITE_IS_ZERO = 0;
  private static final int YCC = 6;
  private static final int SEPARATED = 5;
  private static final int MARKER = 2;
  private static final int BLOCK = 16;
  private static final int NEW_STYLE = 7;

  private final TiffDirectory directory;
  private final StoredImage result;
  private final int pieceHeight;
  private final int pieceWidth;
  private final long[] offsets;
  private final long[] lengths;
  private final byte[] tables;

  TiffJpeg(TiffDirectory directory, int height, int width) throws UnreadableException {
    this.directory = directory;
    int channels = (int) directory.value(TiffTag.SAMPLES, 1);
    byte[] samples = new byte[Math.multiplyExact(channels, Math.multiplyExact(height, width))];
    this.result = new StoredImage(channels, height, width, samples);
    long[] tiles = directory.values(TiffTag.TILE_OFFSETS);
    if (tiles.length > 0) {
      this.pieceWidth = (int) directory.value(TiffTag.TILE_WIDTH, width);
      this.pieceHeight = (int) directory.value(TiffTag.TILE_HEIGHT, height);
      this.offsets = tiles;
      this.lengths = directory.values(TiffTag.TILE_LENGTHS);
    } else {
      this.pieceWidth = width;
      this.pieceHeight =
          (int) Math.max(1, Math.min(height, directory.value(TiffTag.ROWS_IN_STRIP, height)));
      this.offsets = directory.values(TiffTag.STRIP_OFFSETS);
      this.lengths = directory.values(TiffTag.STRIP_LENGTHS);
    }
    this.tables = bytes(directory.values(TiffTag.JPEG_TABLES));
  }

  /** Returns whether a TIFF is of the kind that is read here. */
  static boolean fits(TiffDirectory directory) throws UnreadableException {
    long samples = directory.value(TiffTag.SAMPLES, 1);
    return directory.value(TiffTag.COMPRESSION, 0) == NEW_STYLE
        && (samples == 1 || samples == 3 || samples == 4)
        && Arrays.stream(directory.values(TiffTag.BITS)).allMatch(bits -> bits == BITS);
  }

  StoredImage decode() throws UnreadableException, IOException {
    int across = (result.width() + pieceWidth - 1) / pieceWidth;
    int down = (result.height() + pieceHeight - 1) / pieceHeight;
    int planes = 1;
    if (directory.value(TiffTag.PLANAR_CONFIGURATION, CHUNKY) != CHUNKY) {
      planes = result.channels();
    }
    long pieces = (long) across * down * planes;
    if (offsets.length < pieces || lengths.length < pieces) {
      throw new UnreadableException("truncated TIFF: strips or tiles are missing");
    }
    for (int i = 0; i < pieces; i++) {
      int place = i % (across * down);
      StoredImage piece = piece(i, result.channels() / planes);
      int channel = i / (across * down);
      place(piece, channel, place / across * pieceHeight, place % across * pieceWidth);
    }
    return converted();
  }

  // The tables lie beside the strips; put in front, they make of each a whole file.
  private JpegFile file(int piece) throws UnreadableException {
    byte[] coded = directory.piece(offsets[piece], lengths[piece]);
    if (tables.length <= 2 * MARKER || coded.length <= MARKER) {
      return JpegFile.open(coded);
    }
    byte[] whole = Arrays.copyOf(tables, tables.length - MARKER + coded.length - MARKER);
    System.arraycopy(coded, MARKER, whole, tables.length - MARKER, coded.length - MARKER);
    return JpegFile.open(whole);
  }

  private StoredImage piece(int index, int channels) throws UnreadableException, IOException {
    JpegFile file = file(index);
    if (file.width() > pieceWidth + BLOCK || file.height() > (long) pieceHeight + BLOCK) {
      throw new UnreadableException("damaged TIFF: a JPEG larger than its strip");
    }
    StoredImage piece = file.components();
    if (piece.channels() != channels) {
      throw new UnreadableException("damaged TIFF: a JPEG of other components than the file");
    }
    return piece;
  }

  private void place(StoredImage piece, int firstChannel, int top, int left)
      throws UnreadableException {
    int rows = Math.min(pieceHeight, result.height() - top);
    int columns = Math.min(pieceWidth, result.width() - left);
    if (piece.width() < columns || piece.height() < rows) {
      throw new UnreadableException("damaged TIFF: a JPEG smaller than its strip");
    }
    for (int channel = 0; channel < piece.channels(); channel++) {
      for (int row = 0; row < rows; row++) {
        int from = (channel * piece.height() + row) * piece.width();
        int line = (firstChannel + channel) * result.height() + top + row;
        int to = line * result.width() + left;
        System.arraycopy(piece.samples(), from, result.samples(), to, columns);
      }
    }
  }

  private StoredImage converted() throws UnreadableException {
    long photometric = directory.value(TiffTag.PHOTOMETRIC, WHITE_IS_ZERO + 1);
    if (result.channels() == 4) {
      if (photometric != SEPARATED) {
        throw new UnreadableException("a TIFF of four JPEG components that are no inks");
      }
      return Inks.rgb(result);
    }
    if (result.channels() == 3 && photometric == YCC) {
      return YccConversion.rgb(result);
    }
    if (result.channels() == 1 && photometric == WHITE_IS_ZERO) {
      return Inks.inverted(result);
    }
    return result;
  }

  private static byte[] bytes(long[] values) {
    byte[] bytes = new byte[values.length];
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] = (byte) values[i];
    }
    return bytes;
  }
}

package org.distillgrid.kd.image.format;

import java.util.zip.DataFormatException;

/**
 * The planes of a PNG of 8-bit samples while they are filled line by line. Each line says by which
 * of five filters its bytes became small numbers; they are undone straight from interleaved bytes
 * into planes. A line is given by its bytes, where the first pixel stands in them, and the row of
 * the planes that it fills; the row above is filled.
 *
 * <p>PNG specification, third edition, section 9.
 */
interface PngLines {
  /**
   * Returns planes that are still black.
   *
   * @param bytesOfPixel 1 or 2 for grey, 3 or 4 for colour; the last of 2 and of 4 is alpha, which
   *     no filter mixes with the others, and which is passed over
   */
  static PngLines of(int bytesOfPixel, int height, int width) {
    if (bytesOfPixel > 2) {
      return new PngColorLines(bytesOfPixel, height, width);
    }
    return new PngGreyLines(bytesOfPixel, height, width);
  }

  /** Returns all planes, channel after channel. */
  byte[] planes();

  /** Fills a row with the bytes as they are. */
  void copy(byte[] line, int from, int row);

  /** Adds the pixel to the left to each. */
  void addLeft(byte[] line, int from, int row);

  /** Adds half the pixel to the left, which is the mean where nothing is above. */
  void addHalfLeft(byte[] line, int from, int row);

  /** Adds the pixel above to each. */
  void addAbove(byte[] line, int from, int row);

  /** Adds the mean of the pixels to the left and above, rounded down. */
  void addMean(byte[] line, int from, int row);

  /** Adds the nearest neighbour, see {@link #nearest}. */
  void addNearest(byte[] line, int from, int row);

  /**
   * Undoes the filter of a line.
   *
   * @param from where the filter's number stands, in front of the first pixel
   * @throws DataFormatException if there is no such filter
   */
  default void fill(byte[] line, int from, int row) throws DataFormatException {
    int filter = line[from];
    if (row == 0) {
      fillFirst(filter, line, from + 1);
      return;
    }
    switch (filter) {
      case 0 -> copy(line, from + 1, row);
      case 1 -> addLeft(line, from + 1, row);
      case 2 -> addAbove(line, from + 1, row);
      case 3 -> addMean(line, from + 1, row);
      case 4 -> addNearest(line, from + 1, row);
      default -> throw new DataFormatException("no filter " + filter);
    }
  }

  // Above the first row all is black, and the nearest neighbour is the one to the left.
  private void fillFirst(int filter, byte[] line, int from) throws DataFormatException {
    switch (filter) {
      case 0, 2 -> copy(line, from, 0);
      case 1, 4 -> addLeft(line, from, 0);
      case 3 -> addHalfLeft(line, from, 0);
      default -> throw new DataFormatException("no filter " + filter);
    }
  }

  /**
   * Returns Paeth's predictor: of three neighbours, 0..255, the one nearest to left + above −
   * corner; of equally near ones the first in this order. Without branches, which a processor would
   * guess wrong every third time: the sum lies above the larger, below the smaller, or between
   * them, as three corners compare to left + above.
   */
  static int nearest(int left, int above, int corner) {
    int least = Math.min(left, above);
    int most = Math.max(left, above);
    int level = 3 * corner - left - above;
    int leastOrCorner = least ^ ((least ^ corner) & ((level - most) >> 31));
    return most ^ ((most ^ leastOrCorner) & ((least - level) >> 31));
  }
}

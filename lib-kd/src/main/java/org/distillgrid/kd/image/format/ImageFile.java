package org.distillgrid.kd.image.format;

import java.io.IOException;

/** An image whose header was read, and none of its pixels yet. */
public sealed interface ImageFile permits BmpFile, JpegFile, PngFile, TiffFile, WebpFile {
  /** Where rows and columns are those of the picture: the orientation of most files. */
  int UPRIGHT = 1;

  /** Returns the rows that the header claims. */
  int height();

  /** Returns the columns that the header claims. */
  int width();

  /** Returns the EXIF orientation, 1..8; {@link #UPRIGHT} where the file says none. */
  int orientation();

  /** Returns the bits of a sample; of several the most. */
  int bits();

  /** Returns whether there is an alpha channel beside the colours, used or not. */
  boolean hasAlpha();

  /** Returns how many pixels a file of this length and coding can hold at the very most. */
  long mostPixels();

  /**
   * Returns the samples as stored: neither turned nor colour-managed, transparency dropped.
   *
   * @throws UnreadableException if the file is cut short, damaged or of a kind that is not read
   * @throws IOException if the decoder says so; it may fail with runtime exceptions as well
   */
  StoredImage decode() throws UnreadableException, IOException;
}

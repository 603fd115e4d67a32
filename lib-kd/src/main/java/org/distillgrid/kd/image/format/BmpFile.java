package org.distillgrid.kd.image.format;

import com.twelvemonkeys.imageio.plugins.bmp.BMPImageReaderSpi;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Set;

/** A bitmap, rows upwards or downwards, run-length coded or not. */
final class BmpFile implements ImageFile {
  private static final int FILE_HEADER = 14;
  private static final int CORE_HEADER = 12;
  private static final int HEADER_WITH_COMPRESSION = 20;
  private static final int HEADER_WITH_ALPHA = 56;
  private static final int ALPHA_MASK = FILE_HEADER + 52;
  private static final Set<Integer> DEPTHS = Set.of(1, 4, 8, 16, 24, 32);
  private static final int PALETTE_BITS = 8;
  private static final int UNCOMPRESSED = 0;
  private static final int RUNS_OF_EIGHT_BITS = 1;
  private static final int RUNS_OF_FOUR_BITS = 2;
  private static final int MASKS = 3;
  private static final int MASKS_WITH_ALPHA = 6;
  // Four bytes may skip over 255×255 pixels.
  private static final long MOST_PIXELS_IN_BYTE_OF_RUNS = 1 << 14;

  private final byte[] bytes;
  private final int height;
  private final int width;
  private final int bits;
  private final boolean isCoded;
  private final boolean hasAlpha;

  private BmpFile(byte[] bytes) throws UnreadableException {
    ByteBuffer buffer = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    this.bytes = bytes;
    int headerLength = buffer.getInt(FILE_HEADER);
    int compression = UNCOMPRESSED;
    int paletteEntry = 3;
    if (headerLength == CORE_HEADER) {
      this.width = buffer.getShort(FILE_HEADER + 4) & 0xffff;
      this.height = buffer.getShort(FILE_HEADER + 6) & 0xffff;
      this.bits = buffer.getShort(FILE_HEADER + 10);
    } else {
      this.width = buffer.getInt(FILE_HEADER + 4);
      // Downwards where negative.
      this.height = Math.abs(buffer.getInt(FILE_HEADER + 8));
      this.bits = buffer.getShort(FILE_HEADER + 14);
      if (headerLength >= HEADER_WITH_COMPRESSION) {
        compression = buffer.getInt(FILE_HEADER + 16);
      }
      paletteEntry = 4;
    }
    this.isCoded = requireKnown(compression);
    this.hasAlpha =
        compression == MASKS_WITH_ALPHA
            || (compression == MASKS
                && headerLength >= HEADER_WITH_ALPHA
                && buffer.getInt(ALPHA_MASK) != 0);
    int pixels = buffer.getInt(10);
    requirePalette(pixels - FILE_HEADER - headerLength, paletteEntry);
    requireRows(bytes.length - (long) pixels);
  }

  static BmpFile open(byte[] bytes) throws UnreadableException {
    return new BmpFile(bytes);
  }

  @Override
  public int height() {
    return height;
  }

  @Override
  public int width() {
    return width;
  }

  @Override
  public int bits() {
    return Byte.SIZE;
  }

  @Override
  public boolean hasAlpha() {
    return hasAlpha;
  }

  @Override
  public int orientation() {
    return UPRIGHT;
  }

  @Override
  public long mostPixels() {
    if (isCoded) {
      return MOST_PIXELS_IN_BYTE_OF_RUNS * bytes.length;
    }
    return 8L * bytes.length / bits;
  }

  @Override
  public StoredImage decode() throws UnreadableException, IOException {
    BufferedImage image = Decoding.of(new BMPImageReaderSpi(), bytes, decoder -> decoder.read(0));
    return RasterSamples.of(image);
  }

  private boolean requireKnown(int compression) throws UnreadableException {
    if (!DEPTHS.contains(bits) && (compression == UNCOMPRESSED || compression == MASKS)) {
      throw new UnreadableException("a BMP of " + bits + " bits a pixel is not supported");
    }
    boolean isRuns =
        (compression == RUNS_OF_EIGHT_BITS && bits == 8)
            || (compression == RUNS_OF_FOUR_BITS && bits == 4);
    boolean isMasks =
        (compression == MASKS || compression == MASKS_WITH_ALPHA) && (bits == 16 || bits == 32);
    if (!isRuns && !isMasks && compression != UNCOMPRESSED) {
      throw new UnreadableException(
          "a BMP of " + bits + " bits a pixel in coding " + compression + " is not supported");
    }
    return isRuns;
  }

  private void requirePalette(int room, int entry) throws UnreadableException {
    if (bits <= PALETTE_BITS && room < entry) {
      throw new UnreadableException("a BMP of " + bits + " bits a pixel without a palette");
    }
  }

  private void requireRows(long present) throws UnreadableException {
    long stride = ((long) width * bits + 31) / 32 * 4;
    if (!isCoded && width > 0 && height > 0 && stride * height > present) {
      throw new UnreadableException(
          String.format(
              "truncated BMP: %d×%d pixels take %d bytes, %d are there",
              height, width, stride * height, Math.max(0, present)));
    }
  }
}

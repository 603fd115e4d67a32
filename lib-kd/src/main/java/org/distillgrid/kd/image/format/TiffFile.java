package org.distillgrid.kd.image.format;

import com.twelvemonkeys.imageio.plugins.tiff.BigTIFFImageReaderSpi;
import com.twelvemonkeys.imageio.plugins.tiff.TIFFImageReaderSpi;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.util.Arrays;
import javax.imageio.spi.ImageReaderSpi;

/** A TIFF's first page, its profile taken off before the decoder sees it. */
final class TiffFile implements ImageFile {
  private static final int BIG = 43;
  private static final int MOST_SAMPLES = 16;
  private static final int MOST_BITS = 64;
  private static final int ANY_TILE = 4096;
  private static final int TILE_MULTIPLE = 16;

  private final byte[] bytes;
  private final TiffDirectory directory;
  private final int height;
  private final int width;
  private final long bits;
  private final long bitsOfPixel;
  private final TiffCompression compression;

  private TiffFile(byte[] bytes) throws UnreadableException {
    this.bytes = bytes;
    this.directory = TiffDirectory.of(bytes);
    this.height = side(TiffTag.HEIGHT);
    this.width = side(TiffTag.WIDTH);
    this.bits = Arrays.stream(directory.values(TiffTag.BITS)).max().orElse(1);
    this.bitsOfPixel = bitsOfPixel();
    this.compression = TiffCompression.of(directory.value(TiffTag.COMPRESSION, 1));
  }

  static TiffFile open(byte[] bytes) throws UnreadableException {
    return new TiffFile(bytes);
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
    return (int) bits;
  }

  @Override
  public boolean hasAlpha() {
    try {
      // 0 says nothing of what the samples mean.
      return Arrays.stream(directory.values(TiffTag.EXTRA_SAMPLES)).anyMatch(kind -> kind > 0);
    } catch (UnreadableException | IndexOutOfBoundsException e) {
      return false;
    }
  }

  @Override
  public int orientation() {
    try {
      return ExifOrientation.of(directory);
    } catch (UnreadableException e) {
      return UPRIGHT;
    }
  }

  @Override
  public long mostPixels() {
    return compression.mostPixels(bytes.length, width, bitsOfPixel);
  }

  @Override
  public StoredImage decode() throws UnreadableException, IOException {
    if (compression == TiffCompression.OTHER) {
      throw new UnreadableException(
          "a TIFF of compression "
              + TiffCompression.name(directory.value(TiffTag.COMPRESSION, 1))
              + " is not supported");
    }
    requireUsualTile(TiffTag.TILE_WIDTH, width);
    requireUsualTile(TiffTag.TILE_HEIGHT, height);
    if (compression == TiffCompression.JPEG && TiffJpeg.fits(directory)) {
      return new TiffJpeg(directory, height, width).decode();
    }
    BufferedImage image =
        Decoding.of(provider(), directory.withoutProfile(), decoder -> decoder.read(0));
    return RasterSamples.of(image);
  }

  private ImageReaderSpi provider() {
    // One of the two bytes is zero.
    if (bytes[2] + bytes[3] == BIG) {
      return new BigTIFFImageReaderSpi();
    }
    return new TIFFImageReaderSpi();
  }

  private int side(TiffTag tag) throws UnreadableException {
    return (int) Math.min(Integer.MAX_VALUE, Math.max(0, directory.value(tag, 0)));
  }

  private long bitsOfPixel() throws UnreadableException {
    long samples = directory.value(TiffTag.SAMPLES, 1);
    int depths = directory.values(TiffTag.BITS).length;
    if (samples < 1 || samples > MOST_SAMPLES || depths > MOST_SAMPLES) {
      throw new UnreadableException("a TIFF of " + samples + " samples a pixel is not supported");
    }
    if (bits < 1 || bits > MOST_BITS) {
      throw new UnreadableException("a TIFF of " + bits + " bits a sample is not supported");
    }
    return bits * samples;
  }

  // A tile is allocated whole, however little of it lies in the image.
  private void requireUsualTile(TiffTag tag, int side) throws UnreadableException {
    long tile = directory.value(tag, 1);
    if (tile < 1 || tile > Math.max(ANY_TILE, (long) side + TILE_MULTIPLE)) {
      throw new UnreadableException("damaged TIFF: a tile of " + tile + " pixels");
    }
  }
}

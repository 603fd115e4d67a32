package org.distillgrid.kd.image.format;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;
import java.util.zip.CRC32;
import javax.imageio.spi.ImageReaderSpi;

/**
 * A PNG. Most are plain, see {@link PlainPng}; the JDK decodes the others. Its decoder checks
 * neither checksums nor the end of the file, which is done here; and decoders are given only the
 * chunks that hold samples, so that a profile, a gamma or a transparent colour can change nothing.
 */
final class PngFile implements ImageFile {
  private static final int SIGNATURE = 8;
  private static final int CHUNK_FRAME = 12;
  private static final int HEADER = 0x49484452;
  private static final int PALETTE = 0x504c5445;
  private static final int DATA = 0x49444154;
  private static final int END = 0x49454e44;
  private static final int EXIF = 0x65584966;
  private static final int ANCILLARY = 0x20000000;
  private static final int GREY_WITH_ALPHA = 4;
  private static final int RGB_WITH_ALPHA = 6;
  // No deflate stream expands more than this.
  private static final long MOST_EXPANSION = 1032;

  // Looked up by the first PNG that needs it: the JDK's graphics take a while to load.
  private static final class OfTheJdk {
    static final ImageReaderSpi DECODER = Decoding.ofTheJdk("png");
  }

  private final byte[] bytes;
  private final ByteBuffer buffer;
  private final int height;
  private final int width;
  private final int bits;
  private final int colorType;
  private final int bitsOfPixel;

  private PngFile(byte[] bytes) throws UnreadableException {
    this.bytes = bytes;
    this.buffer = ByteBuffer.wrap(bytes);
    if (buffer.getInt(SIGNATURE + 4) != HEADER || buffer.getInt(SIGNATURE) != 13) {
      throw new UnreadableException("damaged PNG: no header");
    }
    this.width = buffer.getInt(SIGNATURE + 8);
    this.height = buffer.getInt(SIGNATURE + 12);
    this.bits = buffer.get(SIGNATURE + 16);
    this.colorType = buffer.get(SIGNATURE + 17);
    this.bitsOfPixel = bits * samples(colorType);
    if (bitsOfPixel < 1) {
      throw new UnreadableException("damaged PNG: no depth");
    }
  }

  static PngFile open(byte[] bytes) throws UnreadableException {
    return new PngFile(bytes);
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
  public long mostPixels() {
    return 8 * MOST_EXPANSION * bytes.length / bitsOfPixel;
  }

  @Override
  public int bits() {
    return bits;
  }

  @Override
  public boolean hasAlpha() {
    return colorType == GREY_WITH_ALPHA || colorType == RGB_WITH_ALPHA;
  }

  @Override
  public int orientation() {
    int position = SIGNATURE;
    while (bytes.length - position >= CHUNK_FRAME) {
      int length = buffer.getInt(position);
      if (length < 0 || length > bytes.length - position - CHUNK_FRAME) {
        return UPRIGHT;
      }
      if (buffer.getInt(position + 4) == EXIF) {
        return ExifOrientation.of(Arrays.copyOfRange(bytes, position + 8, position + 8 + length));
      }
      position += CHUNK_FRAME + length;
    }
    return UPRIGHT;
  }

  @Override
  public StoredImage decode() throws UnreadableException, IOException {
    byte[] samplesOnly = withoutAncillaryChunks();
    Optional<StoredImage> plain = PlainPng.decode(samplesOnly, height, width);
    if (plain.isPresent()) {
      return plain.orElseThrow();
    }
    BufferedImage image = Decoding.of(OfTheJdk.DECODER, samplesOnly, decoder -> decoder.read(0));
    return RasterSamples.of(image);
  }

  private byte[] withoutAncillaryChunks() throws UnreadableException {
    ByteArrayOutputStream kept = new ByteArrayOutputStream(bytes.length);
    kept.write(bytes, 0, SIGNATURE);
    int position = SIGNATURE;
    long dataBytes = 0;
    while (bytes.length - position >= CHUNK_FRAME) {
      int length = buffer.getInt(position);
      int type = buffer.getInt(position + 4);
      if (length < 0 || length > bytes.length - position - CHUNK_FRAME) {
        throw new UnreadableException("truncated PNG");
      }
      if ((type & ANCILLARY) == 0) {
        requireKnown(position, type);
        requireChecksum(position, length);
        kept.write(bytes, position, CHUNK_FRAME + length);
      }
      if (type == DATA) {
        dataBytes += length;
      }
      if (type == END) {
        requireEnoughData(dataBytes);
        return kept.toByteArray();
      }
      position += CHUNK_FRAME + length;
    }
    throw new UnreadableException("truncated PNG");
  }

  private void requireKnown(int position, int type) throws UnreadableException {
    if (type != HEADER && type != PALETTE && type != DATA && type != END) {
      String name = new String(bytes, position + 4, 4, StandardCharsets.ISO_8859_1);
      throw new UnreadableException(
          "damaged PNG: unknown chunk " + name.replaceAll("[^A-Za-z]", "?"));
    }
  }

  private void requireChecksum(int position, int length) throws UnreadableException {
    CRC32 checksum = new CRC32();
    checksum.update(bytes, position + 4, 4 + length);
    if ((int) checksum.getValue() != buffer.getInt(position + 8 + length)) {
      throw new UnreadableException("damaged PNG: a chunk's checksum is wrong");
    }
  }

  // A few bytes may claim gigabytes of pixels: what cannot be in the data is not worth allocating.
  private void requireEnoughData(long dataBytes) throws UnreadableException {
    if ((long) width * height / 8 * bitsOfPixel > dataBytes * MOST_EXPANSION) {
      throw new UnreadableException("truncated PNG: too little data for " + height + "×" + width);
    }
  }

  private static int samples(int colorType) {
    return switch (colorType) {
      case 2 -> 3;
      case GREY_WITH_ALPHA -> 2;
      case RGB_WITH_ALPHA -> 4;
      default -> 1;
    };
  }
}
